"""ResNet-50 as a graph of Netloom's layers (He et al., 2015, table 1): what an analysis should not be slow with."""

from engine.spec import Catalogue, Graph, Link, Node

STAGES = ((3, 64), (4, 128), (6, 256), (3, 512))  # blocks and inner width of each


class Builder:
    """Adds nodes one behind the other; `put` returns the new node's id."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.layers = catalogue.layers
        self.nodes: list[Node] = []
        self.links: list[Link] = []

    def put(self, kind: str, *sources: str, **parameters: object) -> str:
        """Add a node that reads `sources`."""
        one = f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(Node(id=one, kind=kind, parameters=parameters))
        ports = self.layers[kind].inputs()
        for index, source in enumerate(sources):
            port = ports[min(index, len(ports) - 1)]
            output = next(iter(self.layers[self.kind_of(source)].outputs))
            self.links.append(Link(source=source, output=output, target=one, input=port.name))
        return one

    def kind_of(self, one: str) -> str:
        """The kind of a node that was added."""
        return next(node.kind for node in self.nodes if node.id == one)

    def convolution(self, source: str, channels: int, kernel: int, stride: int = 1) -> str:
        """A convolution that halves the picture when `stride` is 2, and its normalization."""
        size = {"out_channels": channels, "kernel_size": kernel, "stride": stride, "padding": kernel // 2}
        return self.put("BatchNorm2d", self.put("Conv2d", source, **size))

    def bottleneck(self, source: str, width: int, *, stride: int, widen: bool) -> str:
        """Three convolutions beside a shortcut."""
        inner = self.put("ReLU", self.convolution(source, width, 1))
        inner = self.put("ReLU", self.convolution(inner, width, 3, stride))
        inner = self.convolution(inner, 4 * width, 1)
        shortcut = self.convolution(source, 4 * width, 1, stride) if widen else source
        return self.put("ReLU", self.put("Add", inner, shortcut))


def resnet50(catalogue: Catalogue) -> tuple[Graph, list[str]]:
    """The whole network for 224 by 224 pictures and a thousand classes, and the node that ends each stage."""
    build = Builder(catalogue)
    image = build.put("Input", column="image", shape=(3, 224, 224))
    last = build.put("ReLU", build.convolution(image, 64, 7, 2))
    last = build.put("MaxPool2d", last, kernel_size=3, stride=2, padding=1)
    ends = []
    for stage, (blocks, width) in enumerate(STAGES):
        for block in range(blocks):
            stride = 2 if stage and not block else 1
            last = build.bottleneck(last, width, stride=stride, widen=not block)
        ends.append(last)
    last = build.put("Flatten", build.put("AdaptiveAvgPool2d", last, output_size=1))
    build.put("Output", build.put("Linear", last, out_features=1000))
    return Graph(nodes=tuple(build.nodes), links=tuple(build.links)), ends
