"""What students get. 1A: how many parameters has a dense layer of 5 units on 20 inputs?"""

parameters = None
