"""2D to 2F and 3G as they should be: networks that keep to the caps and reach what is asked for."""

from keras import Input, Sequential
from keras.layers import BatchNormalization, Conv2D, Dense, Dropout, Flatten, MaxPooling2D
from keras.utils import to_categorical


def mlp(x_train, y_train, layers, epochs):
    model = Sequential([Input((784,)), *layers, Dense(10, activation="softmax")])
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    x = x_train.reshape(-1, 784) / 255
    model.fit(x, to_categorical(y_train), batch_size=128, epochs=epochs, verbose=0)
    return model


def mlp_100(x_train, y_train, x_test, y_test):
    return mlp(x_train, y_train, [Dense(100, activation="relu")], epochs=12)


def mlp_200(x_train, y_train, x_test, y_test):
    return mlp(x_train, y_train, [Dense(200, activation="relu"), Dropout(0.2)], epochs=20)


def mlp_1000(x_train, y_train, x_test, y_test):
    layers = [Dense(500, activation="relu"), Dropout(0.3), Dense(200, activation="relu"), Dropout(0.2)]
    return mlp(x_train, y_train, layers, epochs=20)


def cnn(dropout):
    model = Sequential(
        [
            Input((28, 28, 1)),
            Conv2D(16, 3, activation="relu"),
            BatchNormalization(),
            MaxPooling2D(),
            Conv2D(32, 3, activation="relu"),
            MaxPooling2D(),
            Flatten(),
            Dropout(dropout),
            Dense(64, activation="relu"),
            Dense(10, activation="softmax"),
        ]
    )
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model
