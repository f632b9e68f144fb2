"""CS 155 Set 4. Fill in what is None, and the functions; leave the names as they are.

Prose (1A, 1B, 1C, 3A, 3F and the explanations) goes into a write-up beside this file.
"""

# OR with the fewest ReLU units (1D): a list of (W, b), one for each layer: ReLU(x @ W + b), the last layer included
or_network = None

# XOR with the fewest ReLU layers (1E): the number of layers; a list of (W, b) as in 1D
xor_layers = None
xor_network = None

# Versions (2A): {"tensorflow": "…", "keras": "…"}
versions = None

# The training input (2B): a tuple
training_shape = None


# Preparing the data (2C): x: uint8 (n, 28, 28), y: integers (n,)
def prepare(x, y):
    """Return the images flattened and the labels one-hot."""
    raise NotImplementedError


# At most 100 hidden units (2D): the arrays of mnist.load_data(), untouched
def mlp_100(x_train, y_train, x_test, y_test):
    """Return the fitted model."""
    raise NotImplementedError


# At most 200 hidden units (2E)
def mlp_200(x_train, y_train, x_test, y_test):
    """Return the fitted model."""
    raise NotImplementedError


# At most 1000 hidden units (2F)
def mlp_1000(x_train, y_train, x_test, y_test):
    """Return the fitted model."""
    raise NotImplementedError


# Parameters of a convolutional layer (3B): an integer
parameter_count = None

# Output shape of that layer (3C): a tuple: height, width, channels
output_shape = None

# Average pooling (3D): four 2×2 matrices, in the order of the question
average_pooled = None

# Max pooling (3E): four 2×2 matrices, in the order of the question
max_pooled = None


# A convolutional network (3G): ten pairs of dropout probability and test accuracy; a number
def cnn(dropout):
    """Return the compiled model; it is trained on x / 255 of shape (n, 28, 28, 1)."""
    raise NotImplementedError


dropout_sweep = None
final_accuracy = None
