#include "text/redact.h"

#include "text/features.h"
#include "text/mail.h"
#include "text/name-forms.h"
#include "text/quotes.h"
#include "text/redact-rules.h"

#define AROUND 72u /* bytes before and behind what a pattern needs, in which it is tried */
#define AROUND_NUMBER 24u
#define NEAR 14u /* bytes between digits that belong to one window */
#define ENOUGH_DIGITS 5u
#define START_BYTES 240u
#define START_LINES 4u
#define END_BYTES 160u
#define LAST_LINES 5u
#define NAME_WORDS 12u /* of the names that are looked for */

/* Something found: of several that overlap the one of the lowest rank stays. */
typedef struct Found {
    VocPersonal what;
    guint rank;
} Found;

struct VocRedactor {
    const VocRedactRules *rules;
    VocRegexMatch *match;
    VocQuotes *quotes;
    GArray *found;  /* Found */
    GArray *result; /* VocPersonal */
    gboolean gave_up;
};

VocRedactor *
voc_redactor_new(const VocRedactRules *rules, const VocPhrases *phrases)
{
    VocRedactor *redactor = g_new0(VocRedactor, 1);
    redactor->rules = rules;
    redactor->match = voc_regex_match_new();
    redactor->quotes = voc_quotes_new(phrases);
    redactor->found = g_array_new(FALSE, FALSE, sizeof(Found));
    redactor->result = g_array_new(FALSE, FALSE, sizeof(VocPersonal));
    return redactor;
}

void
voc_redactor_free(VocRedactor *redactor)
{
    if (!redactor)
        return;
    voc_regex_match_free(redactor->match);
    voc_quotes_free(redactor->quotes);
    g_array_unref(redactor->found);
    g_array_unref(redactor->result);
    g_free(redactor);
}

/* A piece of the text, by its bytes. Patterns see what stands before it, not what stands behind. */
typedef struct Window {
    gsize from, to;
} Window;

static gboolean
is_joined(VocSlice text, gsize at)
{
    guchar left = (guchar)text.data[at - 1], right = (guchar)text.data[at];
    gboolean letters = (g_ascii_isalnum(left) || strchr("-+./@_", left) || left >= 0x80) &&
                       (g_ascii_isalnum(right) || strchr("-+./@_", right) || right >= 0x80);
    return letters || (right & 0xC0) == 0x80;
}

/* The text around the bytes from `from` to `to`; it does not end in a word, unless that is endless. */
static Window
around(VocSlice text, gsize from, gsize to, gsize margin)
{
    Window window = {from > margin ? from - margin : 0, MIN(text.len, to + margin)};
    while (window.from > 0 && ((guchar)text.data[window.from] & 0xC0) == 0x80)
        window.from--;
    for (guint i = 0; i < 256 && window.to < text.len && is_joined(text, window.to); i++)
        window.to++;
    while (window.to < text.len && ((guchar)text.data[window.to] & 0xC0) == 0x80)
        window.to++;
    return window;
}

static void
add(VocRedactor *redactor, gsize start, gsize end, guint kind, guint rank)
{
    Found found = {{start, end, kind, VOC_SLICE_NONE}, rank};
    if (end > start && redactor->rules->wanted & 1u << kind)
        g_array_append_val(redactor->found, found);
}

/* Whether a word of what looks like a name is none, or the letters of a plate are a product's. */
static gboolean
is_excluded(const VocRedactRules *rules, const VocPattern *pattern, VocSlice text)
{
    char folded[128];
    VocSlice word = voc_phrase_fold(text, folded, sizeof folded);
    if (pattern->plate) {
        gsize n = 0;
        while (n < word.len && word.data[n] != '-' && word.data[n] != ' ' && !g_ascii_isdigit(word.data[n]))
            n++;
        return voc_symtab_find(&rules->no_plates, voc_slice_of(word.data, n)) != 0;
    }
    if (!pattern->name)
        return FALSE;
    for (gsize at = 0; at < word.len;) {
        gsize len = 0;
        while (at + len < word.len && word.data[at + len] != ' ')
            len++;
        VocSlice one = voc_slice_of(word.data + at, len);
        while (one.len && strchr(".,", one.data[one.len - 1]))
            one.len--;
        if (voc_symtab_find(&rules->no_names, one))
            return TRUE;
        at += len + 1;
    }
    return FALSE;
}

/* A name without the marks that end its sentence; an initial keeps its point. */
static VocSlice
trim_name(VocSlice name)
{
    while (name.len && strchr(".,!", name.data[name.len - 1]) &&
           !(name.len > 3 && name.data[name.len - 1] == '.' && name.data[name.len - 3] == ' '))
        name.len--;
    return name;
}

/* Tries the pattern all over the window. */
static void
try(VocRedactor *redactor, guint rank, VocSlice text, Window window)
{
    const VocPattern *pattern = redactor->rules->patterns->pdata[rank];
    VocSlice seen = voc_slice_of(text.data, window.to);
    for (gsize from = window.from; from < window.to;) {
        gsize start, end;
        VocRegexAnswer answer = voc_regex_find(pattern->regex, redactor->match, seen, from, &start, &end);
        redactor->gave_up |= answer == VOC_REGEX_GAVE_UP;
        if (answer != VOC_REGEX_FOUND)
            return;
        VocSlice found = voc_slice_of(text.data + start, end - start);
        gsize len = pattern->check ? pattern->check(found) : found.len;
        if (pattern->name)
            len = trim_name(found).len;
        if (len && !is_excluded(redactor->rules, pattern, found))
            add(redactor, start, start + len, pattern->kind, rank);
        /* What fails its check may have swallowed the beginning of what does not; not so web addresses, whose
         * check looks at all of their parts. */
        gsize next = pattern->needs == VOC_NEEDS_SLASHES ? end : start + 1;
        from = MAX(len ? start + len : next, from + 1);
        while (from < window.to && ((guchar)text.data[from] & 0xC0) == 0x80)
            from++;
    }
}

static void
try_all(VocRedactor *redactor, VocNeeds needs, VocSlice text, Window window)
{
    const GPtrArray *patterns = redactor->rules->patterns;
    for (guint rank = 0; rank < patterns->len; rank++) {
        const VocPattern *pattern = patterns->pdata[rank];
        if (pattern->needs == needs && redactor->rules->wanted & 1u << pattern->kind)
            try(redactor, rank, text, window);
    }
}

/* --- windows --- */

static void
around_at_signs(VocRedactor *redactor, VocSlice text)
{
    gsize done = 0;
    for (gsize i = 0; i < text.len; i++) {
        const char *at = memchr(text.data + i, '@', text.len - i);
        if (!at)
            return;
        Window window = around(text, (gsize)(at - text.data), (gsize)(at - text.data) + 1, AROUND * 2);
        window.from = MAX(window.from, done);
        try_all(redactor, VOC_NEEDS_AT, text, window);
        done = window.to;
        i = MAX((gsize)(at - text.data), window.to - 1);
    }
}

/* A number that has a check stands by itself; other patterns see what is written around digits too. */
static void
at_digits(VocRedactor *redactor, VocSlice text, Window wide, Window narrow)
{
    const GPtrArray *patterns = redactor->rules->patterns;
    for (guint rank = 0; rank < patterns->len; rank++) {
        const VocPattern *pattern = patterns->pdata[rank];
        if (pattern->needs == VOC_NEEDS_DIGITS && redactor->rules->wanted & 1u << pattern->kind)
            try(redactor, rank, text, pattern->check ? narrow : wide);
    }
}

/* Windows around digits that stand close together, and around what may be a plate. */
static void
around_digits(VocRedactor *redactor, VocSlice text)
{
    for (gsize i = 0; i < text.len; i++) {
        if (!g_ascii_isdigit(text.data[i]))
            continue;
        gsize first = i, last = i;
        guint n = 0;
        gboolean plate = FALSE;
        for (; i < text.len && i - last <= NEAR; i++) {
            if (!g_ascii_isdigit(text.data[i]))
                continue;
            last = i;
            n++;
            guchar mark = i > 0 ? (guchar)text.data[i - 1] : 0, letter = i > 1 ? (guchar)text.data[i - 2] : 0;
            plate |= (mark == '-' || mark == ' ') && (g_ascii_isalpha(letter) || letter >= 0x80);
            plate |= g_ascii_isupper(mark) && i > 1 && g_ascii_isupper(letter);
        }
        Window window = around(text, first, last + 1, AROUND);
        if (n >= ENOUGH_DIGITS)
            at_digits(redactor, text, window, around(text, first, last + 1, AROUND_NUMBER));
        if (plate)
            try_all(redactor, VOC_NEEDS_PLATE, text, window);
        i = last;
    }
}

/* Tries the patterns whose word begins at `at`. */
static void
around_word(VocRedactor *redactor, VocSlice text, gsize at, guint features)
{
    const VocRedactRules *rules = redactor->rules;
    const VocTrigger *trigger;
    for (guint i = rules->pairs[voc_trigger_pair(text.data + at)]; i; i = trigger->next) {
        trigger = &g_array_index(rules->triggers, VocTrigger, i);
        const VocPattern *pattern = rules->patterns->pdata[trigger->rank];
        if (trigger->len <= text.len - at && memcmp(text.data + at, trigger->word, trigger->len) == 0 &&
            rules->wanted & 1u << pattern->kind && (!pattern->digit || features & VOC_HAS_DIGIT))
            try(redactor, trigger->rank, text, around(text, at, at + trigger->len, AROUND));
    }
}

static void
around_words(VocRedactor *redactor, VocSlice text, guint features)
{
    const guint8 *pairs = redactor->rules->pairs;
    for (gsize at = 0; at + 1 < text.len; at++)
        if (pairs[voc_trigger_pair(text.data + at)])
            around_word(redactor, text, at, features);
}

/* The beginnings of the text and of its first lines with words in them. */
static void
at_starts(VocRedactor *redactor, VocSlice text)
{
    gsize at = 0;
    for (guint lines = 0; lines < START_LINES; lines++) {
        while (at < text.len && g_ascii_isspace(text.data[at]))
            at++;
        if (at == text.len)
            return;
        Window window = around(text, at, MIN(text.len, at + START_BYTES), 0);
        try_all(redactor, VOC_NEEDS_START, text, window);
        const char *newline = memchr(text.data + at, '\n', text.len - at);
        if (!newline)
            return;
        at = (gsize)(newline - text.data) + 1;
    }
}

/* --- names --- */

static gboolean
is_name_line(const VocRedactor *redactor, VocSlice line)
{
    VocPattern as_name = {.name = TRUE};
    return line.len >= 2 && line.len <= 60 && voc_mail_is_name(line, 4) &&
           !is_excluded(redactor->rules, &as_name, line);
}

/* The name at the end of a line that begins otherwise: "Yst. terv. Maija Meikäläinen". */
static VocSlice
behind_closing(const VocRedactor *redactor, VocSlice line)
{
    VocSlice name = voc_slice_of(line.data + line.len, 0);
    for (gsize start = line.len; start > 1; start--) {
        if (!strchr(" -/.:,", line.data[start - 2]))
            continue;
        VocSlice tail = voc_slice_strip(voc_slice_of(line.data + start - 1, line.len - start + 1));
        if (is_name_line(redactor, tail))
            name = tail;
        else if (name.len)
            break;
    }
    return name;
}

/* Whether a line has the mask of a name in it, with a pseudonym or without. */
static gboolean
has_name_mask(const VocRedactRules *rules, VocSlice line)
{
    const char *mask = voc_redact_mask(rules, rules->name_kind);
    return line.len && memmem(line.data, line.len, mask, strlen(mask) - 1);
}

/* Masks names in a signature: behind the closing phrase, or the first line that is nothing but a name. */
static void
in_signature(VocRedactor *redactor, VocSlice text, const VocCut *cut, guint rank)
{
    gboolean first = TRUE;
    for (gsize at = cut->start; at < cut->end;) {
        const char *newline = memchr(text.data + at, '\n', cut->end - at);
        gsize end = newline ? (gsize)(newline - text.data) : cut->end;
        VocSlice line = voc_slice_strip(voc_slice_of(text.data + at, end - at));
        at = end + 1;
        if (!line.len)
            continue;
        if (has_name_mask(redactor->rules, line))
            return;
        gboolean short_closing = line.len > 3 && (line.data[0] | 32) == 't' && strchr(".:", line.data[1]);
        gboolean whole = !short_closing && is_name_line(redactor, line);
        VocSlice name = whole ? line : first ? behind_closing(redactor, line) : VOC_SLICE_NONE;
        name = trim_name(name);
        if (is_name_line(redactor, name) && (first || whole)) {
            gsize start = (gsize)(name.data - text.data);
            add(redactor, start, start + name.len, redactor->rules->name_kind, rank);
            return;
        }
        first = FALSE;
    }
}

static void
in_signatures(VocRedactor *redactor, VocSlice text, VocSlice author)
{
    VocQuoteHints hints = {.author = author, .mail = TRUE};
    guint n;
    const VocCut *cuts = voc_quotes_find(redactor->quotes, text, &hints, &n);
    for (guint i = 0; i < n; i++)
        if (cuts[i].kind == VOC_CUT_SIGNATURE)
            in_signature(redactor, text, &cuts[i], redactor->rules->patterns->len);
}

/* The last line before `end` that is not blank, stripped; `*start` is where it begins. */
static VocSlice
line_before(VocSlice text, gsize end, gsize *start)
{
    while (end > 0 && g_ascii_isspace(text.data[end - 1]))
        end--;
    const char *newline = end ? memrchr(text.data, '\n', end) : NULL;
    *start = newline ? (gsize)(newline - text.data) + 1 : 0;
    return voc_slice_strip(voc_slice_of(text.data + *start, end - *start));
}

/* Whether the line begins with a name that was found. */
static gboolean
is_found_name(const VocRedactor *redactor, VocSlice text, VocSlice line)
{
    gsize start = (gsize)(line.data - text.data);
    for (guint i = 0; line.len && i < redactor->found->len; i++) {
        const VocPersonal *what = &g_array_index(redactor->found, Found, i).what;
        if (what->kind == redactor->rules->name_kind && what->start == start)
            return TRUE;
    }
    return FALSE;
}

/* Masks the last line of a letter when it is a name, or the one above numbers and addresses there; unless it
 * is signed already and this is the place. */
static void
at_last_line(VocRedactor *redactor, VocSlice text)
{
    gsize start = text.len, above;
    for (guint lines = 0; lines < LAST_LINES; lines++) {
        VocSlice line = trim_name(line_before(text, start, &start));
        if (start == 0 || has_name_mask(redactor->rules, line))
            return;
        if (is_name_line(redactor, line) && voc_mail_count_words(line) <= 3) {
            VocSlice previous = line_before(text, start, &above);
            gsize from = (gsize)(line.data - text.data);
            if (above == 0 ||
                !(is_found_name(redactor, text, previous) || has_name_mask(redactor->rules, previous)))
                add(redactor, from, from + line.len, redactor->rules->name_kind,
                    redactor->rules->patterns->len);
            return;
        }
        if (!voc_mail_count_digits(line) && !memchr(line.data, '@', line.len) && line.data[0] != '[')
            return;
    }
}

static gboolean
is_letter_at(VocSlice text, gsize at)
{
    if (at >= text.len)
        return FALSE;
    gunichar c = g_utf8_get_char_validated(text.data + at, (gssize)(text.len - at));
    return c < 0x110000 && g_unichar_isalnum(c);
}

static gboolean
is_letter_before(VocSlice text, gsize at)
{
    return at > 0 && g_unichar_isalnum(g_utf8_get_char(g_utf8_find_prev_char(text.data, text.data + at)));
}

/* Where the word at `at` ends. */
static gsize
word_end(VocSlice text, gsize at)
{
    while (is_letter_at(text, at))
        at += (gsize)g_utf8_skip[(guchar)text.data[at]];
    return at;
}

/* What of a name's text is words of it: "Meikäläinen, Maija <maija@...>" without the address, of an address
 * its local part, nothing behind a bar: "Maija M. / Kauppa Oy". */
static VocSlice
name_part(VocSlice name)
{
    const char *at_sign = memchr(name.data, '@', name.len), *angle = memchr(name.data, '<', name.len);
    if (angle && angle > name.data + 1)
        name.len = (gsize)(angle - name.data);
    else if (at_sign)
        name.len = (gsize)(at_sign - name.data);
    for (gsize i = 2; i < name.len; i++)
        if (strchr("/|(", name.data[i]))
            name.len = i;
    return name;
}

/* The words of the names; how many. */
static guint
collect_words(const VocRedactRules *rules, const VocRedactHints *hints, VocSlice words[NAME_WORDS])
{
    guint n = 0;
    for (guint i = 0; i < hints->n_names; i++) {
        VocSlice name = name_part(hints->names[i]);
        for (gsize at = 0; at < name.len && n < NAME_WORDS;) {
            gsize end = word_end(name, at);
            VocSlice word = voc_slice_of(name.data + at, end - at);
            at = MAX(end, at + 1);
            if (word.len >= 3 && !voc_mail_count_digits(word) && !voc_redact_is_no_name(rules, word))
                words[n++] = word;
        }
    }
    return n;
}

/* Masks the words of the names wherever they stand with a capital, in all inflections. */
static void
add_names(VocRedactor *redactor, VocSlice text, const VocRedactHints *hints)
{
    const VocRedactRules *rules = redactor->rules;
    VocSlice words[NAME_WORDS];
    guint n = collect_words(rules, hints, words);
    for (gsize at = 0; n && at < text.len;) {
        guchar c = (guchar)text.data[at];
        if ((!g_ascii_isupper(c) && c < 0xC3) || is_letter_before(text, at)) {
            at++;
            continue;
        }
        gsize end = word_end(text, at);
        VocSlice word = voc_slice_of(text.data + at, end - at);
        for (guint i = 0; i < n; i++)
            if (voc_name_matches(words[i], word) && !voc_redact_is_no_name(rules, word)) {
                add(redactor, at, end, rules->name_kind, rules->patterns->len);
                g_array_index(redactor->found, Found, redactor->found->len - 1).what.name = words[i];
                break;
            }
        at = MAX(end, at + 1);
    }
}

/* --- all together --- */

static int
compare_found(gconstpointer a, gconstpointer b)
{
    const Found *left = a, *right = b;
    if (left->what.start != right->what.start)
        return left->what.start < right->what.start ? -1 : 1;
    return left->rank < right->rank ? -1 : left->rank > right->rank;
}

/* Whether what stands between two finds of names belongs to them: a space or a dash, and initials. */
static gboolean
is_inside_name(VocSlice gap)
{
    if (!gap.len || gap.len > 8 || !strchr(" -", gap.data[0]) || !strchr(" -", gap.data[gap.len - 1]))
        return FALSE;
    for (gsize i = 1; i < gap.len; i++)
        if (!(g_ascii_isupper(gap.data[i]) ? gap.data[i - 1] == ' ' : strchr(". ", gap.data[i]) != NULL))
            return FALSE;
    return TRUE;
}

/* Adds what was found to the result; a name goes on with a name behind it. */
static void
take(VocRedactor *redactor, VocSlice text, const VocPersonal *what)
{
    GArray *result = redactor->result;
    guint name = redactor->rules->name_kind;
    VocPersonal *last = result->len ? &g_array_index(result, VocPersonal, result->len - 1) : NULL;
    if (last && last->end > what->start)
        return;
    if (last && last->kind == name && what->kind == name &&
        is_inside_name(voc_slice_of(text.data + last->end, what->start - last->end))) {
        last->end = what->end;
        last->name = VOC_SLICE_NONE;
        return;
    }
    g_array_append_val(result, *what);
}

/* Of what overlaps the lower rank stays; of the same rank the first. */
static void
settle(VocRedactor *redactor, VocSlice text)
{
    GArray *found = redactor->found;
    g_array_set_size(redactor->result, 0);
    if (found->len > 1)
        g_array_sort(found, compare_found);
    for (guint i = 0; i < found->len; i++) {
        const Found *one = &g_array_index(found, Found, i);
        gboolean beaten = FALSE;
        for (guint k = i + 1; k < found->len && !beaten; k++) {
            const Found *other = &g_array_index(found, Found, k);
            if (other->what.start >= one->what.end)
                break;
            beaten = other->rank < one->rank;
        }
        if (!beaten)
            take(redactor, text, &one->what);
    }
}

const VocPersonal *
voc_redactor_find(VocRedactor *redactor, VocSlice text, const VocRedactHints *hints, guint *n,
                  gboolean *gave_up)
{
    guint features = voc_text_features(text);
    g_array_set_size(redactor->found, 0);
    redactor->gave_up = FALSE;
    if (text.len) {
        if (features & VOC_HAS_AT)
            around_at_signs(redactor, text);
        if (features & VOC_HAS_SLASHES || (features & VOC_HAS_DOT && memmem(text.data, text.len, "www.", 4)))
            try_all(redactor, VOC_NEEDS_SLASHES, text, (Window){0, text.len});
        if (features & VOC_HAS_DIGIT)
            around_digits(redactor, text);
        around_words(redactor, text, features);
    }
    if (text.len && hints->prose && redactor->rules->wanted & 1u << redactor->rules->name_kind) {
        at_starts(redactor, text);
        gsize end = text.len > END_BYTES ? text.len - END_BYTES : 0;
        try_all(redactor, VOC_NEEDS_END, text, around(text, end, text.len, 0));
        if (features & VOC_HAS_NEWLINE)
            in_signatures(redactor, text, hints->author);
    }
    if (hints->n_names && redactor->rules->wanted & 1u << redactor->rules->name_kind)
        add_names(redactor, text, hints);
    if (hints->mail)
        at_last_line(redactor, text);
    settle(redactor, text);
    if (gave_up)
        *gave_up = redactor->gave_up;
    *n = redactor->result->len;
    return (const VocPersonal *)(const void *)redactor->result->data;
}
