from keras import Sequential
from keras.layers import Dense, Dropout, Input
from keras.utils import to_categorical


def fitted(model, x, y, epochs=1):
    model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(x.reshape(-1, 784) / 255, to_categorical(y), epochs=epochs, batch_size=256, verbose=0)
    assert len(history.history["accuracy"]) == epochs
    return model


def network(*units):
    hidden = [Dense(one, activation="tanh") for one in units]
    return Sequential([Input((784,)), *hidden, Dropout(0.1), Dense(10, activation="softmax")])


def mlp_100(x_train, y_train, x_test, y_test):
    return fitted(network(60, 41), x_train, y_train)


def mlp_200(x_train, y_train, x_test, y_test):
    return fitted(network(120, 81), x_train, y_train)


def mlp_1000(x_train, y_train, x_test, y_test):
    return fitted(network(1001), x_train, y_train)
