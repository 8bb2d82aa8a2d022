"""Messages of products, views, joins and indices."""

from reference_impl.shapes.clinic.entry import Entry

TENSORS = [
    Entry(
        "matrix product",
        "mat1 and mat2 shapes cannot be multiplied ({}x{} and {}x{})",
        [
            "rows of the input",
            "columns of the input, its features",
            "in_features of the layer",
            "its out_features",
        ],
        "The columns of the first matrix must be the rows of the second: {1} is not {2}. Behind convolutions, {1} is"
        " channels times height times width of what was flattened.",
        "Make the layer with in_features={1}, or change the input so that it has {2} features.",
    ),
    Entry(
        "batched product",
        "Expected size for first two dimensions of batch2 tensor to be: [{}] but got: [{}]",
        ["batch and rows that the second factor needs", "batch and rows that it has"],
        "Both factors need one batch size, and the rows of the second are the columns of the first.",
        "Reshape or transpose the second factor, so that it begins with [{0}].",
    ),
    Entry(
        "matrix times vector",
        "size mismatch, got input ({}), mat ({}), vec ({})",
        ["length of the result", "shape of the matrix", "length of the vector"],
        "The vector needs as many entries as the matrix has columns.",
        "Pass a vector for the columns of {1}, or transpose the matrix.",
    ),
    Entry(
        "inner product",
        "inconsistent tensor size, expected tensor [{}] and src [{}] to have the same number of elements",
        ["entries of the first vector", "entries of the second"],
        "An inner product pairs the entries.",
        "Pass two vectors of one length.",
    ),
    Entry(
        "broadcasting",
        "The size of tensor a ({}) must match the size of tensor b ({}) at non-singleton dimension {}",
        [
            "size of the first tensor there",
            "size of the second tensor there",
            "the dimension, counted from 0",
        ],
        "Shapes are compared from the last axis; two sizes must be equal, or one of them 1.",
        "Change dimension {2}, so that {0} and {1} become equal or one of them 1 (unsqueeze,"
        " transpose, crop or pad).",
    ),
    Entry(
        "concatenation: sizes",
        "Sizes of tensors must match except in dimension {}. Expected size {} but got size {} for"
        " tensor number {}",
        [
            "the dimension that is joined",
            "size of the first tensor",
            "size of the other",
            "which tensor, from 0",
        ],
        "Only the joined dimension may differ.",
        "Crop or pad tensor {3} from {2} to {1}, or join along the dimension that differs.",
    ),
    Entry(
        "concatenation: axes",
        "Tensors must have same number of dimensions: got {} and {}",
        ["axes of one tensor", "axes of the other"],
        "Tensors that are joined need the same axes.",
        "Add the missing axis with unsqueeze.",
    ),
    Entry(
        "stacking",
        "stack expects each tensor to be equal size, but got [{}] at entry 0 and [{}] at entry {}",
        ["shape of the first tensor", "shape of the other", "which one, from 0"],
        "Stacking puts equal shapes on a new axis.",
        "Pad or crop entry {2} to [{0}], or join with torch.cat.",
    ),
    Entry(
        "view: number of entries",
        "shape '[{}]' is invalid for input of size {}",
        ["the shape that was asked for", "the number of entries"],
        "A view has as many entries as its input: the product of the shape must be {1}, or divide"
        " it where it has a −1.",
        "Choose sizes whose product is {1}; let one of them be −1, or flatten.",
    ),
    Entry(
        "view: memory",
        "view size is not compatible with input tensor's size and stride",
        [],
        "The entries do not lie in memory in the order that the view needs, for example after a"
        " transposition.",
        "Use reshape in place of view.",
    ),
    Entry(
        "expansion",
        "The expanded size of the tensor ({}) must match the existing size ({}) at non-singleton"
        " dimension {}. Target sizes: [{}]. Tensor sizes: [{}]",
        [
            "the size that was asked for",
            "the size that is there",
            "the dimension",
            "the whole target",
            "the tensor's shape",
        ],
        "Only an axis of size 1 can be expanded.",
        "Ask for {1} in dimension {2}, or make that axis 1; to copy entries, use repeat.",
    ),
    Entry(
        "expansion: axes",
        "the number of sizes provided ({}) must be greater or equal to the number of dimensions in"
        " the tensor ({})",
        ["sizes that were given", "axes of the tensor"],
        "An expansion can add axes in front, never drop them.",
        "Give at least {1} sizes.",
    ),
    Entry(
        "dimension",
        "Dimension out of range (expected to be in range of [{}], but got {})",
        ["the dimensions there are", "the dimension that was asked for"],
        "Dimensions are counted from 0, or from the end with −1.",
        "Pass a dimension in [{0}].",
    ),
    Entry(
        "index",
        "index {} is out of bounds for dimension {} with size {}",
        ["the index", "its dimension", "the size there"],
        "Indices go from 0 to the size minus 1.",
        "Take an index below {2} in dimension {1}.",
    ),
    Entry(
        "permutation",
        "i.e. input.dim() = {} is not equal to len(dims) = {}",
        ["axes of the tensor", "axes that were listed"],
        "A permutation lists each axis once.",
        "List all {0} axes.",
    ),
    Entry(
        "splitting",
        "split_with_sizes expects split_sizes to sum exactly to {} (input tensor's size at"
        " dimension {}), but got split_sizes=[{}]",
        ["the size that is split", "its dimension", "the sizes of the parts"],
        "The parts must make up the whole.",
        "Choose parts whose sum is {0}.",
    ),
]
