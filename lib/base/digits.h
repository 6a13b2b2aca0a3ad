/* Decimal digits, written straight to memory: a record's positions and weights are most of what is written.
 */
#ifndef VOC_BASE_DIGITS_H
#define VOC_BASE_DIGITS_H

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* Room that a number takes at most, of either kind. */
#define VOC_DIGITS_ROOM 48

extern const char VOC_DIGIT_PAIRS[200]; /* 00 01 02 … 99 */

char *voc_digits_long(char *at, gint64 value);
char *voc_digits_rare(char *at, double value, int decimals);

static inline char *
voc_digits_pair(char *at, guint32 value)
{
    memcpy(at, VOC_DIGIT_PAIRS + (gsize)2 * value, 2);
    return at + 2;
}

static inline char *
voc_digits_digit(char *at, guint32 value)
{
    *at = (char)('0' + value);
    return at + 1;
}

/* Digits of a whole number, at `at`, which has VOC_DIGITS_ROOM bytes; returns where they end. */
static inline char *
voc_digits_int(char *at, gint64 value)
{
    if ((guint64)value >= 10000)
        return voc_digits_long(at, value);
    guint32 small = (guint32)value;
    if (small < 10)
        return voc_digits_digit(at, small);
    if (small < 100)
        return voc_digits_pair(at, small);
    if (small < 1000)
        return voc_digits_pair(voc_digits_digit(at, small / 100), small % 100);
    return voc_digits_pair(voc_digits_pair(at, small / 100), small % 100);
}

/* `value` with at most `decimals` (0 to 9) digits behind a point, trailing zeros cut, no locale; a value that
 * is not finite is written as 0. */
static inline char *
voc_digits_number(char *at, double value, int decimals)
{
    static const guint32 UNITS[] = {1, 10, 100, 1000};
    if (decimals > 3 || !(value > -1e5 && value < 1e5))
        return voc_digits_rare(at, value, decimals);
    guint32 unit = UNITS[decimals];
    guint32 whole = (guint32)((value < 0 ? -value : value) * unit + 0.5);
    if (value < 0 && whole)
        *at++ = '-';
    at = voc_digits_int(at, whole / unit);
    guint32 fraction = whole % unit;
    if (!fraction)
        return at;
    *at++ = '.';
    for (unit /= 10; fraction; unit /= 10) {
        at = voc_digits_digit(at, fraction / unit);
        fraction %= unit;
    }
    return at;
}

G_END_DECLS

#endif
