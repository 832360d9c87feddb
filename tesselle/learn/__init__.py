"""Understanding: what the measured posts of a workspace say, and how surely.

Takes: figures at seven days. Gives: findings with their evidence, ideas, and what is not known yet.
Promises: nothing is said that a world where nothing matters would say as well; `insights` decides that.
"""
