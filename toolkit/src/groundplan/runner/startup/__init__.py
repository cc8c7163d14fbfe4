"""The start of a platform as a trace: what was done, how long it took, and what waited for what.

Work says what it is (`trace.step`), a replica's way to being ready has its own spans (`way`),
the `tracer` of a supervisor ends the trace, keeps it as a file (`shelf`, `otlp`) and sends it to
the store (`post`). Nobody waits for any of it, and nobody fails with it.
"""
