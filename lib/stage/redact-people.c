/* Who wrote and who the customer is: names, addresses, keys. */
#include "stage/redact-work.h"

#include "text/mail.h"

/* What the value gives away: a kind, or -1 for an opaque key. `*all`: it is that and nothing else. */
static int
personal_kind(VocRedactWork *work, VocSlice value, gboolean *all)
{
    VocRedactHints hints = {0};
    guint n;
    gboolean gave_up = FALSE;
    const VocPersonal *found = voc_redactor_find(work->redactor, value, &hints, &n, &gave_up);
    work->gave_up |= gave_up;
    *all = n == 1 && found[0].start == 0 && found[0].end == value.len;
    return n ? (int)found[0].kind : -1;
}

/* A word for a role rather than a person: "Asiakaspalvelu", "Customer 3". */
static gboolean
is_role(const VocRedactWork *work, VocSlice author)
{
    for (gsize at = 0; at < author.len;) {
        gsize len = 0;
        while (at + len < author.len && !g_ascii_isspace(author.data[at + len]))
            len++;
        VocSlice word = voc_slice_of(author.data + at, len);
        if (len && voc_mail_count_digits(word) < len && !voc_redact_is_no_name(work->plan->rules, word))
            return FALSE;
        at += len + 1;
    }
    return TRUE;
}

static gboolean
is_bot(const VocRecord *record)
{
    return voc_slice_equal_string(voc_record_string(record, VOC_KEY_ROLE), "bot");
}

/* --- whose names the text may hold --- */

/* Whether a role is named in it: "Asiakaspalvelu / Kauppa Oy". The other words may be the company's then. */
static gboolean
has_role(const VocRedactWork *work, VocSlice name)
{
    for (gsize at = 0; at < name.len;) {
        gsize len = 0;
        while (at + len < name.len && !g_ascii_isspace(name.data[at + len]))
            len++;
        if (len && voc_redact_is_no_name(work->plan->rules, voc_slice_of(name.data + at, len)))
            return TRUE;
        at += len + 1;
    }
    return FALSE;
}

static void
add_name(VocRedactWork *work, VocSlice name)
{
    for (guint i = 0; i < work->n_names; i++)
        if (voc_slice_equal(work->names[i], name))
            return;
    if (!voc_redact_is_done(name) && !has_role(work, name) && work->n_names < VOC_REDACT_NAMES)
        work->names[work->n_names++] = name;
}

/* Whether a key in the JSON text is a column of names: most records have none, and need not be parsed. */
static gboolean
has_name_column(const VocRedactWork *work, VocSlice raw, VocArena *arena)
{
    for (gsize at = 0; at < raw.len;) {
        const char *quote = memchr(raw.data + at, '"', raw.len - at);
        if (!quote)
            return FALSE;
        gsize start = (gsize)(quote - raw.data), end = voc_redact_string_end(raw, start);
        at = end;
        if (voc_redact_is_key(raw, end) &&
            voc_redact_column(work->plan->rules, voc_json_unquote(voc_slice_of(quote, end - start), arena)) ==
                (int)work->plan->name_kind)
            return TRUE;
    }
    return FALSE;
}

static void
add_names_of(VocRedactWork *work, const VocJson *value, gboolean inside)
{
    for (const VocJson *item = value->first; item; item = item->next) {
        gboolean name = inside || (item->key.len && voc_redact_column(work->plan->rules, item->key) ==
                                                        (int)work->plan->name_kind);
        if (item->type == VOC_JSON_STRING && name)
            add_name(work, item->text);
        else if (item->first)
            add_names_of(work, item, name);
    }
}

void
voc_redact_gather(VocRedactWork *work, VocRecord *record)
{
    VocSlice author = voc_record_string(record, VOC_KEY_AUTHOR);
    VocSlice customer = voc_record_string(record, VOC_KEY_CUSTOMER);
    VocSlice fields = voc_record_raw(record, VOC_KEY_FIELDS);
    VocSlice channel = voc_record_string(record, VOC_KEY_CHANNEL);
    work->author = voc_redact_is_done(author) ? VOC_SLICE_NONE : author;
    work->n_names = 0;
    work->mail = voc_slice_equal_string(channel, "email") || voc_slice_equal_string(channel, "ticket");
    if (!is_bot(record))
        add_name(work, author);
    if (voc_mail_is_name(customer, 4) && voc_mail_count_words(customer) > 1)
        add_name(work, customer);
    if (has_name_column(work, fields, record->arena))
        add_names_of(work, voc_record_value(record, VOC_KEY_FIELDS), FALSE);
}

/* --- keys --- */

static void
redact_author(VocRedactWork *work, VocRecord *record)
{
    VocSlice author = voc_record_string(record, VOC_KEY_AUTHOR);
    const VocRedactPlan *plan = work->plan;
    gboolean all;
    if (voc_redact_is_done(author) || is_role(work, author) || is_bot(record))
        return;
    voc_redact_set_field(work, VOC_SLICE("author"));
    voc_buffer_reset(&work->text);
    int kind = personal_kind(work, author, &all);
    kind = kind < 0 || !all ? (int)plan->name_kind : kind;
    if (plan->key && all)
        voc_pseudonym_add(plan->key, "customer", 'c', author, &work->text);
    else if (plan->key)
        voc_pseudonym_add_name(plan->key, 'n', author, &work->text);
    else
        voc_redact_add_mask(work, (guint)kind, author);
    voc_record_set_string(record, VOC_KEY_AUTHOR, voc_buffer_slice(&work->text));
    voc_redact_note(work, (guint)kind, 0, (gint64)work->text.len);
}

static gboolean
is_same(VocSlice a, VocSlice b)
{
    return a.len && a.len == b.len && g_ascii_strncasecmp(a.data, b.data, a.len) == 0;
}

/* An id of a mail looks like an address; its local part is drawn by lot. */
static gboolean
is_message_id(VocSlice value)
{
    const char *at = memchr(value.data, '@', value.len);
    if (!at)
        return FALSE;
    VocSlice local = voc_slice_of(value.data, (gsize)(at - value.data));
    return value.data[0] == '<' || (local.len >= 10 && voc_mail_count_digits(local) >= 4);
}

/* Letters and digits in one run, too long and too mixed for any number of a person: a hash. */
static gboolean
is_hash(VocSlice value)
{
    guint letters = 0;
    for (gsize i = 0; i < value.len; i++) {
        if (!g_ascii_isalnum(value.data[i]) && value.data[i] != '/')
            return FALSE;
        letters += g_ascii_isalpha(value.data[i]) != 0;
    }
    gboolean iban = value.len > 4 && g_ascii_isalpha(value.data[0]) && g_ascii_isalpha(value.data[1]) &&
                    g_ascii_isdigit(value.data[2]) && g_ascii_isdigit(value.data[3]);
    return !iban && value.len >= 20 && letters >= 3 && voc_mail_count_digits(value) >= 3;
}

int
voc_redact_key_kind(VocRedactWork *work, VocSlice value)
{
    gboolean all;
    if (voc_redact_is_done(value) || is_hash(value))
        return -1;
    int kind = is_message_id(value) ? -1 : personal_kind(work, value, &all);
    if (kind >= 0)
        return kind;
    if (is_same(value, work->author) && !is_role(work, value))
        return (int)work->plan->name_kind;
    if (voc_mail_is_name(value, 4) && voc_mail_count_words(value) > 1 && !is_role(work, value))
        return (int)work->plan->name_kind;
    return -1;
}

static void
mask_within(VocRedactWork *work, VocRecord *record, VocKey key)
{
    VocSlice value = voc_record_string(record, key);
    voc_redact_set_field(work, voc_key_name(key));
    work->n_names = 0; /* all of a thread's messages must be treated alike, whoever wrote them */
    if (voc_redact_text(work, value, FALSE))
        voc_record_set_string(record, key, voc_buffer_slice(&work->text));
}

void
voc_redact_source(VocRedactWork *work, VocRecord *record)
{
    if (voc_record_has(record, VOC_KEY_SOURCE))
        mask_within(work, record, VOC_KEY_SOURCE);
}

/* A thread that has more than the person in it (a name of a file and a time) keeps that: it still holds its
 * messages together. An id must stay. */
static void
take_out(VocRedactWork *work, VocRecord *record, VocKey key, int kind)
{
    gboolean all = TRUE;
    if (key == VOC_KEY_ID)
        return;
    if (key == VOC_KEY_THREAD && personal_kind(work, voc_record_string(record, key), &all) >= 0 && !all) {
        mask_within(work, record, key);
        return;
    }
    voc_record_remove(record, key);
    voc_redact_note(work, (guint)kind, -1, -1);
}

/* Replaces a key by its pseudonym, or takes it out where there is no key to make one with. */
static void
redact_key(VocRedactWork *work, VocRecord *record, VocKey key, char prefix, int kind, gboolean always)
{
    const VocRedactPlan *plan = work->plan;
    VocSlice value = voc_record_string(record, key);
    if (voc_redact_is_done(value) || (kind < 0 && !(always && plan->key)))
        return;
    voc_redact_set_field(work, voc_key_name(key));
    if (!plan->key) {
        take_out(work, record, key, kind);
        return;
    }
    voc_buffer_reset(&work->text);
    voc_pseudonym_add(plan->key, key == VOC_KEY_CUSTOMER ? "customer" : "id", prefix, value, &work->text);
    voc_record_set_string(record, key, voc_buffer_slice(&work->text));
    voc_redact_note(work, (guint)(kind < 0 ? (int)plan->name_kind : kind), 0, (gint64)work->text.len);
}

void
voc_redact_people(VocRedactWork *work, VocRecord *record)
{
    static const struct {
        VocKey key;
        char prefix;
        gboolean always;
    } KEYS[] = {{VOC_KEY_CUSTOMER, 'c', TRUE}, {VOC_KEY_THREAD, 't', FALSE}, {VOC_KEY_ID, 'i', FALSE}};
    for (gsize i = 0; i < G_N_ELEMENTS(KEYS); i++) {
        if (!voc_record_has(record, KEYS[i].key))
            continue;
        int kind = voc_redact_key_kind(work, voc_record_string(record, KEYS[i].key));
        redact_key(work, record, KEYS[i].key, KEYS[i].prefix, kind, KEYS[i].always);
    }
    redact_author(work, record);
}
