"""The editorial rules: what an editor knows and a schema cannot say.

`run` goes through all of them, `policy` is what a site wants of them, `explanation` tells about one. Nothing is
imported here, since most of what needs a policy needs no rules.
"""
