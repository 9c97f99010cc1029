"""
What would have to be gained for one question to be answered yes: for each question, the alternatives.

What is to be gained is made as the least demanding thing that fits: the first field of study that is asked for, the
first employer, full time. Whether it really turns the answer is tried out afterwards, see `ways`.
"""

from __future__ import annotations
