"""Traces as every service of ours writes them: W3C contexts, spans, and their way to the store.

A request comes with a `traceparent` (`context`); while it is answered its trace is `current`,
and what it waits for adds spans to it (`trace`). The `recorder` keeps ended spans in a short
queue, from which a thread (`sender`) takes them as OTLP (`otlp`). Whatever fails on that way
loses spans, counts them, and costs a request nothing.
"""
