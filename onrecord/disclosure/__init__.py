"""What a file carries beside what is seen of it, and how that is taken out: a pure function of its bytes, in this process.

The door is `finding.traces` and `cleaning.cleaned`; `confined` opens both in processes that can open nothing, which is how strangers'
files are to be read.
"""
