"""PostgreSQL: the pool, transactions, migrations, and statements kept in .sql files."""
