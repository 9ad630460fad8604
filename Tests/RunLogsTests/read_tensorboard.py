"""Prints what the tensorboard package reads in an event file: scalars, histograms and texts, one a line, in order of name and step."""

import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.util import tensor_util

accumulator = EventAccumulator(sys.argv[1], size_guidance={"tensors": 0, "scalars": 0, "histograms": 0})
accumulator.Reload()
tags = accumulator.Tags()
for name in sorted(tags["scalars"]):
    for event in accumulator.Scalars(name):
        print("scalar", name, event.step, event.value)
for name in sorted(tags["tensors"]):
    plugin = accumulator.SummaryMetadata(name).plugin_data.plugin_name
    for event in accumulator.Tensors(name):
        value = tensor_util.make_ndarray(event.tensor_proto)
        if plugin == "text":
            print("text", name, event.step, value[0].decode("utf-8"))
        elif plugin == "scalars":
            print("scalar", name, event.step, float(value))
        else:
            print(plugin, name, event.step, value.tolist())
for name in sorted(tags["histograms"]):
    for event in accumulator.Histograms(name):
        value = event.histogram_value
        print("histogram", name, event.step, value.num, value.sum, value.bucket_limit, value.bucket)
