"""Messages of normalisation, losses, sequences and saved weights."""

from reference_impl.shapes.clinic.entry import Entry

TRAINING = [
    Entry(
        "batch normalisation: channels",
        "running_mean should contain {} elements not {}",
        ["channels of the input", "num_features of the layer"],
        "The layer was made for another number of channels.",
        "Make the layer with num_features={0}.",
    ),
    Entry(
        "batch normalisation: axes",
        "expected {} input (got {} input)",
        ["axes that the layer takes", "axes of the input"],
        "BatchNorm1d takes batches of vectors or sequences, BatchNorm2d of images, BatchNorm3d of volumes.",
        "Take the layer for an input of {1}, or add the missing axis.",
    ),
    Entry(
        "batch normalisation: one value",
        "Expected more than 1 value per channel when training, got input size torch.Size([{}])",
        ["the input's shape"],
        "The variance of one value is no estimate.",
        "Train with at least 2 examples in a batch (drop_last=True drops the short one), or call eval().",
    ),
    Entry(
        "layer normalisation",
        "Given normalized_shape=[{}], expected input with shape [{}], but got input of size[{}]",
        ["normalized_shape", "how the input must end", "the input's shape"],
        "The last axes of the input must be the normalised ones.",
        "Make the layer with the last axes of [{2}].",
    ),
    Entry(
        "group normalisation: groups",
        "num_channels ({}) must be divisible by num_groups ({})",
        ["num_channels", "num_groups"],
        "Each group has the same number of channels.",
        "Take a number of groups that divides {0}.",
    ),
    Entry(
        "group normalisation: channels",
        "Expected weight to be a vector of size equal to the number of channels in input, but got"
        " weight of shape [{}] and input of shape [{}]",
        ["num_channels of the layer", "the input's shape; its second number is the channels"],
        "The layer was made for another number of channels.",
        "Make the layer with the second number of [{1}] as num_channels.",
    ),
    Entry(
        "cross-entropy: batch",
        "Expected input batch_size ({}) to match target batch_size ({}).",
        ["examples in the input", "examples in the target"],
        "Each example needs one target; a wrong reshape before the loss is the usual reason.",
        "Check the reshape before the loss: {0} and {1} must be equal.",
    ),
    Entry(
        "cross-entropy: class",
        "Target {} is out of bounds",
        ["a class in the target"],
        "Classes are counted from 0, and there are as many as the input has columns.",
        "Give the model more than {0} outputs, or count classes from 0.",
    ),
    Entry(
        "binary cross-entropy: shapes",
        "Using a target size (torch.Size([{}])) that is different to the input size (torch.Size([{}]))",
        ["the target's shape", "the input's shape"],
        "Each output is compared with one target.",
        "Bring both to one shape, for example by squeeze(1) on the model's output.",
    ),
    Entry(
        "binary cross-entropy with logits: shapes",
        "Target size (torch.Size([{}])) must be the same as input size (torch.Size([{}]))",
        ["the target's shape", "the input's shape"],
        "Each output is compared with one target.",
        "Bring both to one shape, for example by squeeze(1) on the model's output.",
    ),
    Entry(
        "embedding",
        "index out of range in self",
        [],
        "An index is below 0, or not below num_embeddings.",
        "Make the embedding with num_embeddings of at least the largest index plus 1.",
    ),
    Entry(
        "recurrent layer: input",
        "input.size(-1) must be equal to input_size. Expected {}, got {}",
        ["input_size of the layer", "the last axis of the input"],
        "The layer was made for another number of features.",
        "Make the layer with input_size={1}, or give it {0} features.",
    ),
    Entry(
        "recurrent layer: state",
        "Expected hidden size ({}), got [{}]",
        ["layers times directions, batch, hidden_size", "the shape that was passed"],
        "The state has one entry for each layer and direction and for each example.",
        "Pass a state of shape ({0}); batch_first does not change the order of a state.",
    ),
    Entry(
        "attention: heads",
        "embed_dim must be divisible by num_heads",
        [],
        "Each head takes an equal part of the features.",
        "Take a number of heads that divides embed_dim.",
    ),
    Entry(
        "attention: features",
        "was expecting embedding dimension of {}, but got {}",
        ["embed_dim of the layer", "the last axis of the query"],
        "The layer was made for another number of features.",
        "Make the layer with embed_dim={1}, or map the query to {0} features.",
    ),
    Entry(
        "saved weights",
        "size mismatch for {}: copying a param with shape torch.Size([{}]) from checkpoint, the"
        " shape in current model is torch.Size([{}])",
        ["name of the parameter", "its saved shape", "its shape in the model"],
        "The weights were saved from a model of other sizes.",
        "Build the model with the sizes it was saved with, so that {0} has shape [{1}], or leave"
        " {0} out of the state.",
    ),
]
