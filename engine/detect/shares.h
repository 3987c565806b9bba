/* shares.h: moved to engine/language. */
#include "language/shares.h"
