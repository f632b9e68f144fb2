parameter_count = 608
