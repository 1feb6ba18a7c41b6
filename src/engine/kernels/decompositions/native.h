// The decompositions' kernels; the *.as.ts beside this file say what they do and in which order the
// words of their descriptions stand.
#pragma once

#include "bidiagonal.h"
#include "reflections.h"
#include "rotations.h"
#include "triangular.h"
#include "tridiagonal.h"
