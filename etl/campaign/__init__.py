"""A campaign: meetings of the Rencontres that come in a file somebody filled in, checked row by row.

What is wrong with such a file is said in French: it goes to the person who filled it in.
"""
