"""The networks of papers, built with torch's own layers."""

import torch
from torch import nn


class Add(nn.Module):
    """The sum of two branches, and what comes after it."""

    def __init__(self, branch, other=None, after=None):
        super().__init__()
        self.branch, self.other, self.after = branch, other or nn.Identity(), after or nn.Identity()

    def forward(self, x):
        """Add both branches."""
        return self.after(self.branch(x) + self.other(x))


def convolution(inputs, outputs, kernel, stride=1, groups=1, activation=nn.ReLU):
    """Make a convolution without bias, its normalisation and an activation."""
    layers = [
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs),
    ]
    return nn.Sequential(*layers, *([activation()] if activation else []))


def lenet5():
    """Make LeNet-5 with all connections."""
    layers = [nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2)]
    layers += [
        nn.Conv2d(16, 120, 5),
        nn.Tanh(),
        nn.Flatten(),
        nn.Linear(120, 84),
        nn.Tanh(),
        nn.Linear(84, 10),
    ]
    return nn.Sequential(*layers)


def alexnet():
    """Make AlexNet with the two groups of its two GPUs."""
    sizes = [
        (3, 96, 11, 4, 0, 1),
        (96, 256, 5, 1, 2, 2),
        (256, 384, 3, 1, 1, 1),
        (384, 384, 3, 1, 1, 2),
        (384, 256, 3, 1, 1, 2),
    ]
    layers = []
    for at, (inputs, outputs, kernel, stride, padding, groups) in enumerate(sizes):
        layers += [nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups), nn.ReLU()]
        layers += [nn.MaxPool2d(3, 2)] if at in (0, 1, 4) else []
    head = [nn.Linear(9216, 4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 1000)]
    return nn.Sequential(*layers, nn.Flatten(), *head)


def vgg16():
    """Make VGG-16."""
    layers, inputs = [], 3
    for outputs in [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0]:
        layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU()] if outputs else [nn.MaxPool2d(2)]
        inputs = outputs or inputs
    head = [nn.Linear(25088, 4096), nn.ReLU(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 1000)]
    return nn.Sequential(*layers, nn.Flatten(), *head)


def resnet(repeats, bottleneck):
    """Make a ResNet."""
    layers, inputs = [convolution(3, 64, 7, 2), nn.MaxPool2d(3, 2, 1)], 64
    for stage, count in enumerate(repeats):
        width = 64 * 2**stage
        outputs = 4 * width if bottleneck else width
        for at in range(count):
            stride = 2 if stage and at == 0 else 1
            if bottleneck:
                parts = [convolution(inputs, width, 1), convolution(width, width, 3, stride)]
                parts.append(convolution(width, outputs, 1, activation=None))
            else:
                parts = [convolution(inputs, width, 3, stride), convolution(width, width, 3, activation=None)]
            short = (
                convolution(inputs, outputs, 1, stride, activation=None)
                if (inputs, 1) != (outputs, stride)
                else None
            )
            layers.append(Add(nn.Sequential(*parts), short, nn.ReLU()))
            inputs = outputs
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, 1000))


def mobilenetv2():
    """Make MobileNetV2."""
    layers, inputs = [convolution(3, 32, 3, 2, activation=nn.ReLU6)], 32
    settings = [
        (1, 16, 1, 1),
        (6, 24, 2, 2),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    ]
    for factor, outputs, count, first in settings:
        for stride in [first] + [1] * (count - 1):
            hidden = factor * inputs
            parts = [convolution(inputs, hidden, 1, activation=nn.ReLU6)] if factor > 1 else []
            parts.append(convolution(hidden, hidden, 3, stride, hidden, nn.ReLU6))
            parts.append(convolution(hidden, outputs, 1, activation=None))
            block = nn.Sequential(*parts)
            layers.append(Add(block) if stride == 1 and inputs == outputs else block)
            inputs = outputs
    layers.append(convolution(320, 1280, 1, activation=nn.ReLU6))
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1280, 1000))


class UNet(nn.Module):
    """The U-Net without padding, and one level of it inside the other."""

    def __init__(self, inputs=1, width=64, depth=4):
        super().__init__()
        self.down = nn.Sequential(
            nn.Conv2d(inputs, width, 3), nn.ReLU(), nn.Conv2d(width, width, 3), nn.ReLU()
        )
        self.inner = depth and nn.Sequential(nn.MaxPool2d(2), UNet(width, 2 * width, depth - 1))
        if depth:
            self.up = nn.ConvTranspose2d(2 * width, width, 2, 2)
            self.after = nn.Sequential(
                nn.Conv2d(2 * width, width, 3), nn.ReLU(), nn.Conv2d(width, width, 3), nn.ReLU()
            )

    def forward(self, x):
        """Go down, come back up, and join."""
        x = self.down(x)
        if not self.inner:
            return x
        up = self.up(self.inner(x))
        border = (x.shape[-1] - up.shape[-1]) // 2
        return self.after(torch.cat([x[..., border:-border, border:-border], up], 1))


def unet():
    """Make the U-Net with its two classes."""
    return nn.Sequential(UNet(), nn.Conv2d(64, 2, 1))


def dcgan():
    """Make the generator of DCGAN."""
    layers = [nn.ConvTranspose2d(100, 1024, 4, bias=False), nn.BatchNorm2d(1024), nn.ReLU()]
    for inputs in (1024, 512, 256):
        layers += [
            nn.ConvTranspose2d(inputs, inputs // 2, 4, 2, 1, bias=False),
            nn.BatchNorm2d(inputs // 2),
            nn.ReLU(),
        ]
    return nn.Sequential(*layers, nn.ConvTranspose2d(128, 3, 4, 2, 1, bias=False), nn.Tanh())


def alphago():
    """Make AlphaGo's policy network."""
    layers = [nn.Conv2d(48, 192, 5, padding=2), nn.ReLU()]
    for _ in range(11):
        layers += [nn.Conv2d(192, 192, 3, padding=1), nn.ReLU()]
    return nn.Sequential(*layers, nn.Conv2d(192, 1, 1), nn.Flatten(), nn.Softmax(1))


def transformer():
    """Make one block of the transformer's encoder."""
    return nn.TransformerEncoderLayer(512, 8, batch_first=True)


MODELS = {
    "alexnet": alexnet,
    "alphago": alphago,
    "dcgan": dcgan,
    "lenet5": lenet5,
    "mobilenetv2": mobilenetv2,
    "resnet18": lambda: resnet((2, 2, 2, 2), bottleneck=False),
    "resnet50": lambda: resnet((3, 4, 6, 3), bottleneck=True),
    "transformer": transformer,
    "unet": unet,
    "vgg16": vgg16,
}
