from keras import Input, Sequential
from keras.layers import Conv2D, Dense, Dropout, Flatten


def cnn(dropout):
    layers = [Conv2D(16, 3, activation="relu"), Flatten(), Dropout(dropout), Dense(93, activation="relu")]
    model = Sequential([Input((28, 28, 1)), *layers, Dense(10, activation="softmax")])
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model
