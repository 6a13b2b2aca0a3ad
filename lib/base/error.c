#include "base/error.h"

G_DEFINE_QUARK(voc - error, voc_error)
