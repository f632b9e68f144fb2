"""(optimizer, gradients, variables) -> one step, in TensorFlow's fused kernels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def apply(optimizer: Any, gradients: Sequence[Any], variables: Sequence[Any]) -> None:
    """Change the variables as `optimizer.apply` would."""
    kind = type(optimizer).__name__
    if not _is_plain(optimizer, variables):
        optimizer.apply(gradients, variables)
    elif kind == "Adam":
        _adam(optimizer, gradients, variables)
    elif kind == "SGD":
        _sgd(optimizer, gradients, variables)
    else:
        optimizer.apply(gradients, variables)


def _is_plain(optimizer: Any, variables: Sequence[Any]) -> bool:
    """Return whether nothing but the rule itself happens in a step."""
    extras = ("weight_decay", "clipnorm", "clipvalue", "global_clipnorm", "loss_scale_factor")
    extra = any(getattr(optimizer, name, None) for name in (*extras, "gradient_accumulation_steps"))
    special = optimizer.use_ema or getattr(optimizer, "amsgrad", False)
    return not (extra or special or any(variable.constraint for variable in variables))


def _adam(optimizer: Any, gradients: Sequence[Any], variables: Sequence[Any]) -> None:
    import tensorflow as tf

    rate = tf.cast(optimizer._get_current_learning_rate(), tf.float32)  # noqa: SLF001 (schedules included)
    step = tf.cast(optimizer.iterations + 1, tf.float32)
    beta_1, beta_2 = float(optimizer.beta_1), float(optimizer.beta_2)
    for index, (variable, gradient) in enumerate(zip(variables, gradients, strict=True)):
        tf.raw_ops.ResourceApplyAdam(
            var=variable.value.handle,
            m=optimizer._momentums[index].value.handle,  # noqa: SLF001 (Keras's own slots, so that it goes on)
            v=optimizer._velocities[index].value.handle,  # noqa: SLF001
            beta1_power=tf.pow(beta_1, step),
            beta2_power=tf.pow(beta_2, step),
            lr=rate,
            beta1=beta_1,
            beta2=beta_2,
            epsilon=optimizer.epsilon,
            grad=gradient,
        )
    optimizer.iterations.assign_add(1)


def _sgd(optimizer: Any, gradients: Sequence[Any], variables: Sequence[Any]) -> None:
    import tensorflow as tf

    rate = tf.cast(optimizer._get_current_learning_rate(), tf.float32)  # noqa: SLF001
    for index, (variable, gradient) in enumerate(zip(variables, gradients, strict=True)):
        if optimizer.momentum:
            tf.raw_ops.ResourceApplyKerasMomentum(
                var=variable.value.handle,
                accum=optimizer.momentums[index].value.handle,
                lr=rate,
                grad=gradient,
                momentum=float(optimizer.momentum),
                use_nesterov=bool(optimizer.nesterov),
            )
        else:
            tf.raw_ops.ResourceApplyGradientDescent(var=variable.value.handle, alpha=rate, delta=gradient)
    optimizer.iterations.assign_add(1)
