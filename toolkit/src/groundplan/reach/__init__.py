"""Who can reach whom: computed from rules as they are, compared with what the file means.

Pure: takes rules, routes and access lists as data; whoever reads them from an account or a plan
hands them in.
"""
