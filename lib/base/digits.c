#include "base/digits.h"

#include <math.h>

const char VOC_DIGIT_PAIRS[200] = "0001020304050607080910111213141516171819"
                                  "2021222324252627282930313233343536373839"
                                  "4041424344454647484950515253545556575859"
                                  "6061626364656667686970717273747576777879"
                                  "8081828384858687888990919293949596979899";

char *
voc_digits_long(char *at, gint64 value)
{
    char digits[24];
    char *from = digits + sizeof digits;
    guint64 rest = value < 0 ? 0 - (guint64)value : (guint64)value;
    do {
        *--from = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0)
        *--from = '-';
    gsize len = (gsize)(digits + sizeof digits - from);
    memcpy(at, from, len);
    return at + len;
}

/* Many decimals, or beyond what 32 bits hold. */
char *
voc_digits_rare(char *at, double value, int decimals)
{
    static const double POWERS[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    if (!isfinite(value))
        value = 0;
    double scaled = fabs(value) * POWERS[decimals];
    if (scaled >= 9e18) {
        g_ascii_dtostr(at, VOC_DIGITS_ROOM, value);
        return at + strlen(at);
    }
    guint64 whole = (guint64)(scaled + 0.5), unit = (guint64)POWERS[decimals];
    if (value < 0 && whole)
        *at++ = '-';
    at = voc_digits_int(at, (gint64)(whole / unit));
    guint64 fraction = whole % unit;
    if (fraction)
        *at++ = '.';
    for (unit /= 10; fraction; unit /= 10) {
        at = voc_digits_digit(at, (guint32)(fraction / unit));
        fraction %= unit;
    }
    return at;
}
