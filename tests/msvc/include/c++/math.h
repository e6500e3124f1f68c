/* libc++ calls what Wine's header lacks in functions that no test uses: to be declared is enough. */
#ifndef MSVC_MATH_H
#define MSVC_MATH_H

#include_next <math.h>

#ifdef __cplusplus
extern "C" {
typedef long double number;
number acosl(number), acoshl(number), asinl(number), asinhl(number), atanl(number), atanhl(number), cbrtl(number),
    ceill(number), cosl(number), coshl(number), erfl(number), erfcl(number), expl(number), exp2l(number), expm1l(number),
    fabsl(number), floorl(number), lgammal(number), logl(number), log10l(number), log1pl(number), log2l(number),
    logbl(number), nearbyintl(number), sinl(number), sinhl(number), sqrtl(number), tanl(number), tanhl(number),
    tgammal(number);
number atan2l(number, number), fdiml(number, number), fmaxl(number, number), fminl(number, number),
    fmodl(number, number), hypotl(number, number), nextafterl(number, number), nexttowardl(number, number),
    powl(number, number), remainderl(number, number);
number frexpl(number, int *), ldexpl(number, int), modfl(number, number *), remquol(number, number, int *),
    scalblnl(number, long), scalbnl(number, int);
int ilogbl(number);
double erfc(double), nan(const char *), nexttoward(double, number);
float erfcf(float), nexttowardf(float, number);
}
#endif

#endif
