"""PromQL: expressions as promql-parser reads them, evaluated over samples of any source."""
