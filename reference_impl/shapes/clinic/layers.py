"""Messages of convolution, pooling, upsampling and folding."""

from reference_impl.shapes.clinic.entry import Entry

LAYERS = [
    Entry(
        "convolution: channels",
        "Given groups={}, weight of size [{}], expected input[{}] to have {} channels, but got {}"
        " channels instead",
        [
            "groups",
            "the kernel's shape: filters, channels of a group, taps",
            "the input's shape",
            "in_channels",
            "channels of the input",
        ],
        "The layer was made for another number of input channels.",
        "Make the layer with in_channels={4}, or give it an input of {3} channels.",
    ),
    Entry(
        "transposed convolution: channels",
        "Given transposed={}, weight of size [{}], expected input[{}] to have {} channels, but got"
        " {} channels instead",
        [
            "that the layer is transposed",
            "the kernel's shape",
            "the input's shape",
            "in_channels",
            "channels of the input",
        ],
        "The layer was made for another number of input channels.",
        "Make the layer with in_channels={4}, or give it an input of {3} channels.",
    ),
    Entry(
        "convolution: kernel too large",
        "Calculated padded input size per channel: ({}). Kernel size: ({}). Kernel size can't be"
        " greater than actual",
        ["the input's size with its padding", "the kernel's span, D(K−1)+1 in each dimension"],
        "The kernel does not fit into the padded input, not even once.",
        "Pad more, take a smaller kernel or dilation, or shrink less in the layers before.",
    ),
    Entry(
        "transposed convolution: nothing left",
        "Given input size per channel: ({}). Calculated output size per channel: ({}). Output size"
        " is too small",
        ["the input's size", "(W−1)S − 2P + D(K−1) + O + 1"],
        "The padding cuts off the whole output.",
        "Take a smaller padding, or a larger kernel.",
    ),
    Entry(
        "transposed convolution: output_padding",
        "output padding must be smaller than either stride or dilation",
        [],
        "Only an output_padding below the stride (or the dilation) tells two inputs of a convolution apart.",
        "Take an output_padding of at most max(stride, dilation) − 1, or a larger stride.",
    ),
    Entry(
        "transposed convolution: output_size",
        "requested an output size of {}, but valid sizes range from {} to {} (for an input of"
        " torch.Size({}))",
        [
            "the size that was asked for",
            "the smallest that is possible",
            "the largest that is possible",
            "the input's size",
        ],
        "A transposed convolution reaches one size, and up to stride − 1 more by output_padding.",
        "Ask for a size from {1} to {2}, or find other arguments with solve_conv_transpose.",
    ),
    Entry(
        "groups and in_channels",
        "in_channels must be divisible by groups",
        [],
        "Each group takes the same number of input channels.",
        "Take a multiple of groups for in_channels, or other groups.",
    ),
    Entry(
        "groups and out_channels",
        "out_channels must be divisible by groups",
        [],
        "Each group makes the same number of output channels.",
        "Take a multiple of groups for out_channels, or other groups.",
    ),
    Entry(
        "padding='same' with a stride",
        "padding='same' is not supported for strided convolutions",
        [],
        "With a stride above 1 the output cannot have the input's size.",
        "Pass a number: padding=(K−1)/2 with stride 2 halves an even size for an odd kernel K.",
    ),
    Entry(
        "unknown padding",
        "Invalid padding string '{}', should be one of",
        ["the padding that was passed"],
        "Torch knows 'same' and 'valid'.",
        "Pass 'same', 'valid' or numbers; a full convolution has padding=D(K−1).",
    ),
    Entry(
        "convolution: axes",
        "Expected {} (unbatched) or {} (batched) input to {}, but got input of size: [{}]",
        ["axes without a batch", "axes with a batch", "the operation", "the input's shape"],
        "The input needs channels and a size, and may have a batch in front.",
        "Add the missing axis with unsqueeze, or take the layer for fewer dimensions.",
    ),
    Entry(
        "pooling: padding",
        "pad should be at most half of effective kernel size, but got pad={}, kernel_size={} and dilation={}",
        ["padding", "kernel_size", "dilation"],
        "With a larger padding a window could lie in the padding alone.",
        "Take a padding of at most half of the kernel size ({1}), or pad beforehand.",
    ),
    Entry(
        "pooling: padding over half the kernel",
        "max_pool1d() padding should be at most half of kernel size, but got padding={} and kernel_size={}",
        ["padding", "kernel_size"],
        "With a larger padding a window could lie in the padding alone.",
        "Take a padding of at most half of the kernel size ({1}), or pad beforehand.",
    ),
    Entry(
        "pooling: nothing left",
        "Given input size: ({}). Calculated output size: ({}). Output size is too small",
        ["channels and size of the input", "channels and size that would come out"],
        "The window is larger than the input with its padding.",
        "Pool less often in the layers before, or take a smaller kernel, ceil_mode=True or an"
        " adaptive pooling.",
    ),
    Entry(
        "pooling in one dimension: nothing left",
        "max_pool1d() Invalid computed output size: {}",
        ["the size that would come out"],
        "The window is larger than the input with its padding.",
        "Take a kernel of at most the input's size, or a longer input.",
    ),
    Entry(
        "average pooling in three dimensions: kernel too large",
        "input image (T: {} H: {} W: {}) smaller than kernel size (kT: {} kH: {} kW: {})",
        ["depth of the input", "its height", "its width", "depth of the kernel", "its height", "its width"],
        "Average pooling in three dimensions compares the kernel with the input before its padding.",
        "Take a kernel of at most {0}x{1}x{2}.",
    ),
    Entry(
        "unpooling: output_size",
        'invalid output_size "{}" (dim {} must be between {} and {})',
        [
            "the size that was asked for",
            "its dimension",
            "a bound that is too small",
            "a bound that is too large",
        ],
        "The size must lie less than one stride from (W−1)S − 2P + K, so both bounds are excluded.",
        "Ask for a size above {2} and below {3} in dimension {1}.",
    ),
    Entry(
        "unpooling: index",
        "Found an invalid max index: {} (output volumes are of size {})",
        ["the index", "the output's size"],
        "An index counts the places of the output, from 0.",
        "Pass the indices of the same pooling (return_indices=True), or the output_size that it had.",
    ),
    Entry(
        "interpolation: two sizes",
        "only one of size or scale_factor should be defined",
        [],
        "Both say how large the output is.",
        "Leave one of them out.",
    ),
    Entry(
        "interpolation: no size",
        "either size or scale_factor should be defined",
        [],
        "Nothing says how large the output is.",
        "Pass size or scale_factor.",
    ),
    Entry(
        "interpolation: nothing left",
        "Input and output sizes should be greater than 0, but got input ({}) and output ({})",
        ["the input's size", "the output's size, ⌊W·scale_factor⌋"],
        "The scale factor leaves nothing of the input.",
        "Take a scale_factor of at least 1/W.",
    ),
    Entry(
        "unfolding: kernel too large",
        "Given input with spatial size ({}), kernel_size=({}), dilation=({}), padding=({}),"
        " calculated shape of the array of sliding blocks as ({}), but its components must be at least one",
        ["the input's size", "kernel_size", "dilation", "padding", "how many windows fit"],
        "The kernel does not fit into the padded input.",
        "Pad more, or take a smaller kernel or dilation.",
    ),
    Entry(
        "folding: rows",
        "Expected size of input's dimension 1 to be divisible by the product of kernel_size, but"
        " got input.size(1)={} and kernel_size=({})",
        ["rows of the input", "kernel_size"],
        "Each channel of the result has one row for each tap of the kernel.",
        "Give it channels times the product of ({1}) rows.",
    ),
    Entry(
        "folding: columns",
        "expected size of input's dimension 2 to match the calculated number of sliding blocks {}"
        " = {}, but got input.size(2)={}",
        ["windows along each dimension", "windows altogether", "columns of the input"],
        "There must be one column for each window.",
        "Give it {1} columns, or take the output_size, padding and stride of the unfolding.",
    ),
    Entry(
        "pixel shuffle",
        "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of"
        " upscale_factor, but input.size(-3)={} is not divisible by {}",
        ["channels of the input", "the square of upscale_factor"],
        "Each output channel is put together from upscale_factor² input channels.",
        "Give it a multiple of {1} channels.",
    ),
    Entry(
        "reflection padding",
        "Padding size should be less than the corresponding input dimension, but got: padding ({})"
        " at dimension {} of input [{}]",
        ["padding before and after", "the dimension", "the input's shape"],
        "Reflection needs more inputs than it adds.",
        "Pad by less than the size of dimension {1}, or pad with zeros.",
    ),
]
