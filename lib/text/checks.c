#include "text/checks.h"

#define DIGITS_MAX 24

gsize
voc_collect_digits(VocSlice text, char *digits, gsize room)
{
    gsize n = 0;
    for (gsize i = 0; i < text.len; i++) {
        if (!g_ascii_isdigit(text.data[i]))
            continue;
        if (n + 1 < room)
            digits[n] = text.data[i];
        n++;
    }
    digits[MIN(n, room - 1)] = 0;
    return n;
}

static int
number(const char *digits, gsize n)
{
    int value = 0;
    for (gsize i = 0; i < n; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

/* --- personal identity codes --- */

/* The century that the sign stands for; 0: none. */
static int
century_of(char sign)
{
    if (sign == '+')
        return 1800;
    if (sign == '-' || strchr("UVWXY", sign))
        return 1900;
    return strchr("ABCDEF", sign) ? 2000 : 0;
}

/* Digits, sign and check character, spaces left out, dashes plain. FALSE when there are not eleven
 * characters. */
static gboolean
squeeze_code(VocSlice text, char code[12])
{
    gsize n = 0;
    for (gsize i = 0; i < text.len; i++) {
        guchar c = (guchar)text.data[i];
        if (c == ' ')
            continue;
        if (n == 11)
            return FALSE;
        if (c == 0xE2 && i + 2 < text.len) { /* a typographic dash */
            c = '-';
            i += 2;
        }
        code[n++] = g_ascii_toupper((char)c);
    }
    code[n] = 0;
    return n == 11;
}

gsize
voc_check_hetu(VocSlice text)
{
    char code[12];
    if (!squeeze_code(text, code))
        return 0;
    int century = code[6] ? century_of(code[6]) : 0;
    for (int i = 0; i < 10; i++)
        if (i != 6 && !g_ascii_isdigit(code[i]))
            return 0;
    int day = number(code, 2), month = number(code + 2, 2), year = century + number(code + 4, 2);
    int individual = number(code + 7, 3);
    if (!century || individual < 2 || month < 1 || month > 12 ||
        !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return 0;
    int all = number(code, 6) * 1000 + individual;
    return code[10] == "0123456789ABCDEFHJKLMNPRSTUVWXY"[all % 31] ? text.len : 0;
}

/* --- accounts and cards --- */

/* Countries and the length of their IBANs (SWIFT IBAN registry). */
static const char IBAN_LENGTHS[] = "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27D"
                                   "K18DO28EE20EG29ES24FI18FK18FO18FR27GB22"
                                   "GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21L"
                                   "T20LU20LV21LY25MC27MD24ME22MK19MN20MR27"
                                   "MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24S"
                                   "I19SK24SM27SO23ST25SV28TL23TN24TR26UA29"
                                   "VA22VG24XK20YE30";

static gsize
iban_length(const char *country)
{
    for (const char *at = IBAN_LENGTHS; *at; at += 4)
        if (at[0] == country[0] && at[1] == country[1])
            return (gsize)number(at + 2, 2);
    return 0;
}

/* Countries whose account numbers have no letters. */
static const char DIGITS_ONLY[] = "AT BE CZ DE DK EE ES FI FO HR HU LT NO PL PT SE SI SK ";

static gboolean
has_letters(const char *iban, gsize n)
{
    for (gsize i = 4; i < n; i++)
        if (!g_ascii_isdigit(iban[i]))
            return TRUE;
    return FALSE;
}

gsize
voc_check_iban(VocSlice text)
{
    char iban[40];
    gsize n = 0, i, wanted = 0;
    guint remainder = 0;
    for (i = 0; i < text.len && (n < 2 || n < wanted); i++) {
        if (!g_ascii_isalnum(text.data[i]))
            continue;
        iban[n++] = g_ascii_toupper(text.data[i]);
        if (n == 2 && !(wanted = iban_length(iban)))
            return 0;
    }
    if (n < 5 || n != wanted || (i < text.len && g_ascii_isalnum(text.data[i])))
        return 0;
    const char country[] = {iban[0], iban[1], ' ', 0};
    if (!g_ascii_isdigit(iban[2]) || !g_ascii_isdigit(iban[3]) ||
        (strstr(DIGITS_ONLY, country) && has_letters(iban, n)))
        return 0;
    for (gsize k = 0; k < n; k++) {
        char c = iban[(k + 4) % n];
        guint value = g_ascii_isdigit(c) ? (guint)(c - '0') : (guint)(c - 'A' + 10);
        remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder == 1 ? i : 0;
}

/* Whether an issuer's cards begin so and have `n` digits. */
static gboolean
is_issued(const char *digits, gsize n)
{
    int two = number(digits, 2), three = number(digits, 3), four = number(digits, 4);
    if (digits[0] == '4')
        return n == 16 || n == 13 || n == 19; /* Visa */
    if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720))
        return n == 16; /* Mastercard */
    if (two == 34 || two == 37)
        return n == 15; /* American Express */
    if ((three >= 300 && three <= 305) || two == 36 || two == 38 || two == 39)
        return n == 14; /* Diners Club */
    if (four >= 3528 && four <= 3589)
        return n >= 16 && n <= 19; /* JCB */
    if (four == 6011 || two == 65 || (three >= 644 && three <= 649) || two == 62)
        return n >= 16 && n <= 19; /* Discover, UnionPay */
    if (two == 50 || (two >= 56 && two <= 58) || four == 6304 || two == 67)
        return n >= 16 && n <= 19; /* Maestro */
    return FALSE;
}

static gboolean
has_luhn(const char *digits, gsize n)
{
    int sum = 0;
    for (gsize i = 0; i < n; i++) {
        int digit = (digits[n - 1 - i] - '0') * (i % 2 ? 2 : 1);
        sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 == 0;
}

gsize
voc_check_card(VocSlice text)
{
    char digits[DIGITS_MAX];
    gsize best = 0, n = 0;
    for (gsize i = 0; i < text.len && n + 1 < sizeof digits; i++) {
        if (!g_ascii_isdigit(text.data[i]))
            continue;
        digits[n++] = text.data[i];
        gboolean ends = i + 1 == text.len || !g_ascii_isdigit(text.data[i + 1]);
        /* The same digit over and over passes Luhn but is a picture of a card. */
        if (ends && n >= 13 && is_issued(digits, n) && has_luhn(digits, n))
            best = i + 1;
    }
    return best;
}

gsize
voc_check_business(VocSlice text)
{
    static const int WEIGHTS[] = {7, 9, 10, 5, 8, 4, 2};
    char digits[DIGITS_MAX];
    int sum = 0;
    if (voc_collect_digits(text, digits, sizeof digits) != 8 || strcmp(digits, "00000000") == 0)
        return 0;
    for (int i = 0; i < 7; i++)
        sum += WEIGHTS[i] * (digits[i] - '0');
    int rest = sum % 11;
    return rest != 1 && digits[7] - '0' == (rest ? 11 - rest : 0) ? text.len : 0;
}

/* --- telephones --- */

/* A Finnish number from its 0 on. */
static gboolean
is_finnish(const char *digits, gsize n)
{
    static const char *const MOBILE[] = {"040", "041", "042", "043", "044", "045", "046", "049", "050"};
    static const char *const SERVICE[] = {"0600", "0700", "0800", "0100", "0200", "0203", "0204",
                                          "0205", "0206", "0207", "0208", "0209", "010",  "020",
                                          "029",  "030",  "071",  "073",  "075"};
    for (gsize i = 0; i < G_N_ELEMENTS(MOBILE); i++)
        if (g_str_has_prefix(digits, MOBILE[i]))
            return n >= 8 && n <= 12;
    for (gsize i = 0; i < G_N_ELEMENTS(SERVICE); i++)
        if (g_str_has_prefix(digits, SERVICE[i]))
            return n >= (i < 3 ? 9 : 7) && n <= 11;
    if (n < 7 || n > 11 || digits[0] != '0')
        return FALSE;
    if (strchr("235689", digits[1])) /* an area, whose numbers do not begin with 0 */
        return digits[2] != '0';
    return digits[1] == '1' && digits[2] >= '3' && digits[3] != '0';
}

gsize
voc_check_phone_fi(VocSlice text)
{
    char digits[DIGITS_MAX];
    gsize n = voc_collect_digits(text, digits, sizeof digits);
    return n + 1 < sizeof digits && is_finnish(digits, n) ? text.len : 0;
}

/* Country calling codes of two and three digits that are in use; +1 and +7 have one. */
static const char CALLING_CODES[] =
    " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 "
    "82 84 86 90"
    " 91 92 93 94 95 98 211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 "
    "236 237 238"
    " 239 240 241 242 243 244 245 246 248 249 250 251 252 253 254 255 256 257 258 260 261 262 263 264 265 "
    "266 267 268"
    " 269 290 291 297 298 299 350 351 352 353 354 355 356 357 358 359 370 371 372 373 374 375 376 377 378 "
    "380 381 382"
    " 383 385 386 387 389 420 421 423 500 501 502 503 504 505 506 507 508 509 590 591 592 593 594 595 596 "
    "597 598 599"
    " 670 672 673 674 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 691 692 850 852 853 855 "
    "856 880 886"
    " 960 961 962 963 964 965 966 967 968 970 971 972 973 974 975 976 977 979 992 993 994 995 996 998 ";

static gboolean
is_calling_code(const char *digits, gsize n)
{
    char code[6] = " ";
    memcpy(code + 1, digits, n);
    memcpy(code + 1 + n, " ", 2);
    return strstr(CALLING_CODES, code) != NULL;
}

static gboolean
is_international(const char *digits, gsize n)
{
    if (g_str_has_prefix(digits, "358")) {
        char national[DIGITS_MAX] = "0";
        g_strlcpy(national + 1, digits + (digits[3] == '0' ? 4 : 3), sizeof national - 1);
        return is_finnish(national, strlen(national));
    }
    if (digits[0] == '1')
        return n == 11 && digits[1] >= '2' && digits[4] >= '2';
    if (digits[0] == '7')
        return n == 11;
    return n <= 15 && ((n >= 9 && is_calling_code(digits, 2)) || (n >= 8 && is_calling_code(digits, 3)));
}

gsize
voc_check_phone(VocSlice text)
{
    char digits[DIGITS_MAX], *at = digits;
    gsize n = voc_collect_digits(text, digits, sizeof digits);
    if (n + 1 >= sizeof digits || n < 8)
        return 0;
    if (!memchr(text.data, '+', MIN(text.len, 3))) { /* 00 stands for the + */
        if (!g_str_has_prefix(at, "00"))
            return 0;
        at += 2;
        n -= 2;
    }
    return n >= 8 && is_international(at, n) ? text.len : 0;
}

/* --- addresses on the net --- */

gsize
voc_check_email(VocSlice text)
{
    gsize len = text.len;
    while (len && strchr(".-_'", text.data[len - 1]))
        len--;
    const char *at = memchr(text.data, '@', len);
    return at && memchr(at, '.', (gsize)(text.data + len - at)) ? len : 0;
}

/* Letters and digits as if drawn by lot. */
static gboolean
is_random_run(VocSlice part)
{
    guint digits = 0, letters = 0, changes = 0;
    int last = 0;
    for (gsize i = 0; i < part.len; i++) {
        char c = part.data[i];
        int kind = g_ascii_isdigit(c) ? 1 : g_ascii_isupper(c) ? 2 : g_ascii_islower(c) ? 3 : 0;
        digits += kind == 1;
        letters += kind > 1;
        changes += kind != last && kind && last;
        last = kind;
    }
    return part.len >= 12 && letters >= 2 && digits >= 2 && changes >= 4;
}

/* Whether a part of an address holds something drawn by lot; words of a page's name stand between dashes. */
static gboolean
is_random(VocSlice part)
{
    for (gsize at = 0; at < part.len;) {
        gsize len = 0;
        while (at + len < part.len && !strchr("-_.+,%", part.data[at + len]))
            len++;
        if (is_random_run(voc_slice_of(part.data + at, len)))
            return TRUE;
        at += len + (at + len < part.len && part.data[at + len] == '%' ? 3 : 1); /* %C3 */
    }
    return FALSE;
}

/* Names of query fields whose value is a secret or a person. */
static gboolean
is_secret_name(VocSlice name)
{
    static const char *const PARTS[] = {
        "token", "key",    "sig",   "sess",     "auth",    "code",   "pass",     "pwd",   "mail",  "user",
        "hash",  "otp",    "jwt",   "secret",   "ticket",  "invite", "reset",    "verif", "phone", "hetu",
        "ssn",   "access", "login", "customer", "asiakas", "tunnus", "tunniste", "nimi",  "puh"};
    g_autofree char *lower = g_ascii_strdown(name.data, (gssize)name.len);
    for (gsize i = 0; i < G_N_ELEMENTS(PARTS); i++)
        if (strstr(lower, PARTS[i]))
            return TRUE;
    return strcmp(lower, "sid") == 0 || strcmp(lower, "uid") == 0 || strcmp(lower, "cid") == 0 ||
           strcmp(lower, "pin") == 0;
}

static gboolean
has_secret(VocSlice url)
{
    const char *end = url.data + url.len, *host = memmem(url.data, url.len, "://", 3);
    host = host ? host + 3 : url.data;
    const char *slash = memchr(host, '/', (gsize)(end - host)), *at = slash ? slash : end;
    if (memchr(host, '@', (gsize)(at - host)))
        return TRUE; /* a user, perhaps a password */
    while (at < end) {
        const char *part = at + 1, *stop = part;
        while (stop < end && !strchr("/?&#=;", *stop))
            stop++;
        VocSlice piece = voc_slice_of(part, (gsize)(MAX(stop, part) - part));
        if (is_random(piece) || memchr(piece.data, '@', piece.len))
            return TRUE;
        if (stop < end && *stop == '=' && stop + 1 < end && !strchr("&#;", stop[1]) && is_secret_name(piece))
            return TRUE;
        at = stop;
    }
    return FALSE;
}

gsize
voc_check_secret_url(VocSlice text)
{
    while (text.len && strchr(".,;:!?)]}'\"*", text.data[text.len - 1]))
        text.len--;
    return text.len > 10 && has_secret(text) ? text.len : 0;
}
