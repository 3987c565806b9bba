/* mentions.h: moved to engine/language. */
#include "language/mentions.h"
