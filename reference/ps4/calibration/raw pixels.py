"""2D to 2F as people write them who forget to scale the pixels: honest work that falls short."""

from keras import Input, Sequential
from keras.layers import Dense, Dropout
from keras.utils import to_categorical


def mlp(x_train, y_train, layers):
    model = Sequential([Input((784,)), *layers, Dense(10, activation="softmax")])
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    model.fit(x_train.reshape(-1, 784), to_categorical(y_train), batch_size=256, epochs=20, verbose=0)
    return model


def mlp_100(x_train, y_train, x_test, y_test):
    return mlp(x_train, y_train, [Dense(60, activation="relu"), Dropout(0.1), Dense(40, activation="relu")])


def mlp_200(x_train, y_train, x_test, y_test):
    layers = [Dense(120, activation="relu"), Dropout(0.2), Dense(80, activation="relu"), Dropout(0.1)]
    return mlp(x_train, y_train, layers)


def mlp_1000(x_train, y_train, x_test, y_test):
    layers = [
        *(Dense(400, activation="relu"), Dropout(0.5), Dense(400, activation="relu"), Dropout(0.3)),
        *(Dense(100, activation="relu"), Dropout(0.1)),
    ]
    return mlp(x_train, y_train, layers)
