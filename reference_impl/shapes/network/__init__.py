"""Networks as data: their text form, their table, their receptive field, and their code in torch."""
