/* The dates and times of WhatsApp's exports, in whatever language the phone speaks: numbers are numbers
 * everywhere, and only where they stand and the words for the halves of the day differ. */
#include "read/whatsapp.h"

#define MAX_NUMBERS 6

/* What a stamp is made of. */
typedef struct Parts {
    int value[MAX_NUMBERS + 1], digits[MAX_NUMBERS + 1];
    int n;
    char between;       /* behind the first number: '.', '/', '-', ':'; 0: something else */
    gboolean english;   /* AM or PM in capitals: the month may come first */
    int half;           /* 0: none, 1: before noon, 2: after */
    gboolean too_large; /* a number that is none of a date */
} Parts;

static const struct {
    const char *word; /* in small letters, as far as it must go */
    int half;
} HALVES[] = {
    {"am", 1},
    {"a.m", 1},
    {"a. m", 1},
    {"a m", 1},
    {"pm", 2},
    {"p.m", 2},
    {"p. m", 2},
    {"p m", 2},
    {"\316\274.\316\274", 2}, /* Greek */
    {"\316\274\316\274", 2},
    {"\317\200.\316\274", 1},
    {"\317\200\316\274", 1},
    {"\331\205", 2}, /* Arabic */
    {"\330\265", 1},
    {"\330\250.\330\270", 2}, /* Persian */
    {"\331\202.\330\270", 1},
    {"\354\230\244\354\240\204", 1}, /* Korean */
    {"\354\230\244\355\233\204", 2},
    {"\344\270\212\345\215\210", 1}, /* Chinese */
    {"\345\207\214\346\231\250", 1},
    {"\346\227\251\344\270\212", 1},
    {"\346\270\205\346\231\250", 1},
    {"\344\270\255\345\215\210", 2},
    {"\344\270\213\345\215\210", 2},
    {"\345\202\215\346\231\232", 2},
    {"\346\231\232\344\270\212", 2},
    {"\345\215\210\345\211\215", 1}, /* Japanese */
    {"\345\215\210\345\276\214", 2},
    {"de.", 1}, /* Hungarian */
    {"du.", 2},
    {"sa", 1}, /* Vietnamese */
    {"ch", 2},
    {"pg", 1}, /* Malay */
    {"ptg", 2},
};

static gboolean
is_space(gunichar c)
{
    return c == ' ' || c == 0xa0 || c == 0x202f || c == 0x2009;
}

/* In small letters, digits as ASCII's, blanks as spaces, without marks. */
static void
make_plain(VocSlice stamp, VocBuffer *out)
{
    const char *at = stamp.data, *end = at + stamp.len;

    while (at < end) {
        gunichar c = g_utf8_get_char_validated(at, end - at);
        char text[6];

        if (c == (gunichar)-1 || c == (gunichar)-2) {
            at++;
            continue;
        }
        at = g_utf8_next_char(at);
        if (g_unichar_isdigit(c))
            voc_buffer_add_char(out, (char)('0' + g_unichar_digit_value(c)));
        else if (is_space(c))
            voc_buffer_add_char(out, ' ');
        else if (g_unichar_type(c) != G_UNICODE_FORMAT)
            voc_buffer_add(out, text, (gsize)g_unichar_to_utf8(g_unichar_tolower(c), text));
    }
}

static int
half_of(VocSlice plain)
{
    for (gsize i = 0; i < plain.len; i++) {
        if (g_ascii_isdigit(plain.data[i]) || (i && g_ascii_isalpha(plain.data[i - 1])))
            continue;
        for (gsize k = 0; k < G_N_ELEMENTS(HALVES); k++)
            if (voc_slice_starts_with(voc_slice_of(plain.data + i, plain.len - i),
                                      voc_slice_from_string(HALVES[k].word)))
                return HALVES[k].half;
    }
    return 0;
}

static void
take_numbers(VocSlice plain, Parts *parts)
{
    for (gsize i = 0; i < plain.len && parts->n <= MAX_NUMBERS;) {
        int value = 0, digits = 0;

        if (!g_ascii_isdigit(plain.data[i])) {
            i++;
            continue;
        }
        for (; i < plain.len && g_ascii_isdigit(plain.data[i]); i++, digits++)
            value = digits < 5 ? value * 10 + (plain.data[i] - '0') : value;
        parts->too_large |= digits > 4 || digits == 3;
        parts->value[parts->n] = value;
        parts->digits[parts->n] = digits;
        if (parts->n == 0 && i < plain.len && strchr("./-:", plain.data[i]))
            parts->between = plain.data[i];
        parts->n++;
    }
}

static gboolean
has_english_half(VocSlice stamp)
{
    return stamp.len > 2 && stamp.data[stamp.len - 1] == 'M' &&
           (stamp.data[stamp.len - 2] == 'A' || stamp.data[stamp.len - 2] == 'P');
}

/* The date as it stood, with the era brought to ours: what is read 2565 is 2022. */
static void
write_date(const Parts *parts, const int *at, VocBuffer *out)
{
    char between = parts->between && parts->between != ':' ? parts->between : '.';

    if (parts->digits[at[0]] == 4)
        between = '-';
    for (int i = 0; i < 3; i++) {
        int value = parts->value[at[i]];

        if (parts->digits[at[i]] == 4 && value >= 2443 && value <= 2742)
            value -= 543;
        if (i)
            voc_buffer_add_char(out, between);
        voc_buffer_add_printf(out, "%0*d", MIN(parts->digits[at[i]], 4), value);
    }
}

/* English halves of the day stay: they tell of the order of day and month. */
static void
write_clock(const Parts *parts, int first, int n, VocBuffer *out)
{
    int hour = parts->value[first];

    if (parts->half && !parts->english && hour <= 12)
        hour = hour % 12 + (parts->half == 2 ? 12 : 0);
    voc_buffer_add_printf(out, " %d:%02d", hour, parts->value[first + 1]);
    if (n == 3)
        voc_buffer_add_printf(out, ":%02d", parts->value[first + 2]);
    if (parts->half && parts->english)
        voc_buffer_add_string(out, parts->half == 2 ? " PM" : " AM");
}

/* Whether it is written as dates and times are in most languages, so that nothing is to be done: "7.9.2026,
 * 9:15", "7/9/26 klo 9.15.02". */
static gboolean
is_plain_stamp(VocSlice stamp)
{
    static const gboolean usual[256] = {
        [' '] = 1, ['.'] = 1, [','] = 1, [':'] = 1, ['/'] = 1, ['-'] = 1, ['k'] = 1, ['l'] = 1, ['o'] = 1};
    int digits = 0, numbers = 0;

    for (gsize i = 0; i < stamp.len; i++) {
        char c = stamp.data[i];

        if (g_ascii_isdigit(c)) {
            numbers += digits++ == 0;
            if (digits == 4 && stamp.data[i - 3] == '2' && stamp.data[i - 2] >= '4')
                return FALSE;
            continue;
        }
        if (!usual[(guchar)c] || (c == ':' && numbers == 1) || (c == '.' && !digits))
            return FALSE;
        digits = 0;
        if (c == '.' && i + 1 < stamp.len && !g_ascii_isdigit(stamp.data[i + 1]))
            return FALSE;
    }
    return TRUE;
}

void
voc_whatsapp_stamp(VocSlice stamp, VocBuffer *out)
{
    static const int date_first[] = {0, 1, 2};
    g_auto(VocBuffer) plain = VOC_BUFFER_INIT;
    Parts parts = {0};
    gboolean clock_first;

    if (is_plain_stamp(stamp)) {
        voc_buffer_add_slice(out, stamp);
        return;
    }
    make_plain(stamp, &plain);
    take_numbers(voc_buffer_slice(&plain), &parts);
    parts.half = half_of(voc_buffer_slice(&plain));
    parts.english = has_english_half(stamp);
    if (parts.n < 5 || parts.n > MAX_NUMBERS || parts.too_large) {
        voc_buffer_add_slice(out, voc_buffer_slice(&plain));
        return;
    }
    clock_first = parts.between == ':';
    if (clock_first) {
        const int behind[] = {parts.n - 3, parts.n - 2, parts.n - 1};

        write_date(&parts, behind, out);
        write_clock(&parts, 0, parts.n - 3, out);
    } else {
        write_date(&parts, date_first, out);
        write_clock(&parts, 3, parts.n - 3, out);
    }
}
