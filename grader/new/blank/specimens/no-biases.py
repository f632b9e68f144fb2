parameters = 20 * 5
