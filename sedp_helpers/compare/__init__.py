"""Municipalities beside each other: pure methods, frames in and frames out.

Why: a district book and an overview compare what offices cannot see from inside. Nothing here
reads a file, adds local-budget revenues (R-41) or joins programmes into one (R-40); a part of a
district is never given out as the whole.
"""
