"""What a report of a problem needs, in one archive: signals, settings and logs, secrets out.

`pack` asks each source in turn (`machine`, `files`, `signals`, of a living store by `store` or
of its files by `segments`), gives every text to the `scrubber`, and puts it into a bounded
`bundle`, which becomes one file or none.
"""
