"""How near estimated weights of classes come to the true ones, on digits whose classes were drawn anew."""
