/* Single contacts that somebody should look at: those who need an answer, and those whose mind turned. */
#include "report/content-work.h"

#include <math.h>

#define ANSWERS_MAX 20
#define TURNS_MAX 6
#define TURN_DAYS 28 /* how far back a customer's contact before may lie */
#define EXCERPT 140

static gboolean
is_later(const VocFact *a, const VocFact *b)
{
    if (a->day != b->day)
        return a->day > b->day;
    if (a->second != b->second)
        return a->second > b->second;
    return a->turn > b->turn;
}

/* The last message of each thread that is staff's, and the channels where staff write at all: where they
 * never do the export simply does not hold their answers. */
typedef struct Staff {
    GHashTable *last;     /* thread -> VocFact */
    GHashTable *channels; /* set of VocName */
} Staff;

static Staff
find_staff(const VocFacts *facts)
{
    Staff staff = {g_hash_table_new(NULL, NULL), g_hash_table_new(NULL, NULL)};
    for (gsize i = 0; i < voc_facts_count(facts); i++) {
        const VocFact *fact = voc_facts_at(facts, i);
        if (fact->role != VOC_ROLE_AGENT || !fact->thread)
            continue;
        const VocFact *known = g_hash_table_lookup(staff.last, GUINT_TO_POINTER(fact->thread));
        if (!known || is_later(fact, known))
            g_hash_table_insert(staff.last, GUINT_TO_POINTER(fact->thread), (gpointer)fact);
        g_hash_table_add(staff.channels, GUINT_TO_POINTER(fact->channel));
    }
    return staff;
}

/* A finished call or a survey waits for nobody. */
static gboolean
expects_answer(const VocFacts *facts, const Staff *staff, const VocFact *fact)
{
    static const char *const channels[] = {"email", "chat", "ticket", "social", NULL};
    return fact->thread && g_hash_table_contains(staff->channels, GUINT_TO_POINTER(fact->channel)) &&
           g_strv_contains(channels, voc_facts_name(facts, fact->channel));
}

static guint
reasons_of(const VocWork *work, const Staff *staff, gsize i, gsize end, const VocFact **newest)
{
    guint reasons = 0;
    *newest = voc_work_fact(work, i);
    for (gsize row = i; row < end; row++) {
        const VocFact *fact = voc_work_fact(work, row);
        if (is_later(fact, *newest))
            *newest = fact;
        reasons |= fact->cues & VOC_CUE_URGENCY ? VOC_ANSWER_URGENT : 0;
        reasons |= fact->cues & VOC_CUE_CHURN ? VOC_ANSWER_LEAVING : 0;
        reasons |= fact->cues & VOC_CUE_ESCALATION ? VOC_ANSWER_ESCALATED : 0;
    }
    if ((*newest)->feeling == VOC_FEELING_NEGATIVE)
        reasons |= VOC_ANSWER_NEGATIVE;
    if (expects_answer(work->facts, staff, *newest) && (*newest)->feeling != VOC_FEELING_POSITIVE &&
        !((*newest)->cues & VOC_CUE_THANKS)) {
        const VocFact *answer = g_hash_table_lookup(staff->last, GUINT_TO_POINTER((*newest)->thread));
        if (!answer || is_later(*newest, answer))
            reasons |= VOC_ANSWER_UNANSWERED;
    }
    return reasons;
}

static gboolean
needs_answer(guint reasons)
{
    return (reasons & (VOC_ANSWER_URGENT | VOC_ANSWER_LEAVING | VOC_ANSWER_ESCALATED)) ||
           ((reasons & VOC_ANSWER_UNANSWERED) && (reasons & VOC_ANSWER_NEGATIVE));
}

static int
newest_first(gconstpointer a, gconstpointer b, gpointer facts)
{
    const VocAnswerFigure *x = a, *y = b;
    const VocFact *f = voc_facts_at(facts, x->quote.row), *g = voc_facts_at(facts, y->quote.row);
    if (is_later(f, g) || is_later(g, f))
        return is_later(f, g) ? -1 : 1;
    return strcmp(voc_facts_id(facts, f), voc_facts_id(facts, g));
}

static void
find_answers(VocWork *work)
{
    VocContent *content = work->content;
    Staff staff = find_staff(work->facts);
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(VocAnswerFigure));
    gsize end = work->start[1], next;
    for (gsize i = 0; i < end; i = next) {
        next = voc_work_contact_end(work, i, end);
        const VocFact *newest;
        guint reasons = reasons_of(work, &staff, i, next, &newest);
        content->unanswered += (reasons & VOC_ANSWER_UNANSWERED) != 0;
        if (!needs_answer(reasons))
            continue;
        VocAnswerFigure answer = {reasons, {0, "", (VocFeeling)newest->feeling}};
        for (gsize row = i; row < next; row++)
            if (voc_work_fact(work, row) == newest)
                answer.quote.row = work->rows[row];
        g_array_append_val(list, answer);
    }
    g_array_sort_with_data(list, newest_first, (gpointer)work->facts);
    content->n_answers_all = list->len;
    content->n_answers = MIN(list->len, ANSWERS_MAX);
    content->answers = voc_arena_new_array(&content->arena, VocAnswerFigure, content->n_answers + 1);
    for (gsize i = 0; i < content->n_answers; i++) {
        content->answers[i] = g_array_index(list, VocAnswerFigure, i);
        content->answers[i].quote.text = voc_content_excerpt(
            work, voc_facts_at(work->facts, content->answers[i].quote.row), 0, 0, EXCERPT);
    }
    g_hash_table_unref(staff.last);
    g_hash_table_unref(staff.channels);
}

typedef struct Contact {
    const VocFact *first, *last;
    guint32 first_row, last_row;
    int mood_first, mood_last, mood; /* -1, 0, 1: of its ends, of all of it */
} Contact;

static int
mood_of(double score)
{
    return score <= -0.2 ? -1 : score >= 0.2 ? 1 : 0;
}

static Contact
contact_of(const VocWork *work, gsize i, gsize end)
{
    Contact c = {voc_work_fact(work, i), voc_work_fact(work, i), work->rows[i], work->rows[i], 0, 0, 0};
    double sum = 0;
    int n = 0;
    for (gsize row = i; row < end; row++) {
        const VocFact *fact = voc_work_fact(work, row);
        if (is_later(c.first, fact)) {
            c.first = fact;
            c.first_row = work->rows[row];
        }
        if (is_later(fact, c.last)) {
            c.last = fact;
            c.last_row = work->rows[row];
        }
        if (!isnan(fact->score)) {
            sum += fact->score;
            n++;
        }
    }
    c.mood_first = isnan(c.first->score) ? 0 : mood_of(c.first->score);
    c.mood_last = isnan(c.last->score) ? 0 : mood_of(c.last->score);
    double nps = voc_work_rating(work, i, end, VOC_RATING_NPS);
    c.mood = isnan(nps) ? (n ? mood_of(sum / n) : 0) : voc_nps_sign(nps);
    return c;
}

static void
add_turn(VocWork *work, guint32 before, guint32 after, gboolean recovered)
{
    VocContent *content = work->content;
    gsize *n = recovered ? &content->n_recovered : &content->n_lost;
    gint64 *all = recovered ? &content->recovered_all : &content->lost_all;
    VocTurnFigure **list = recovered ? &content->recovered : &content->lost;
    (*all)++;
    if (!*list)
        *list = voc_arena_new_array(&content->arena, VocTurnFigure, TURNS_MAX);
    if (*n == TURNS_MAX)
        return;
    const VocFact *f = voc_facts_at(work->facts, before), *g = voc_facts_at(work->facts, after);
    (*list)[(*n)++] = (VocTurnFigure){{before, voc_content_excerpt(work, f, 0, 0, EXCERPT), VOC_FEELING_NONE},
                                      {after, voc_content_excerpt(work, g, 0, 0, EXCERPT), VOC_FEELING_NONE}};
}

/* The same customer's contact before `c`, not long ago. */
static const Contact *
earlier(const GArray *contacts, GArray *mine, const Contact *c)
{
    const Contact *found = NULL;
    for (guint i = 0; i < mine->len; i++) {
        const Contact *other = &g_array_index(contacts, Contact, g_array_index(mine, guint, i));
        if (other != c && is_later(c->first, other->last) && c->first->day - other->last->day <= TURN_DAYS &&
            (!found || is_later(other->last, found->last)))
            found = other;
    }
    return found;
}

static void
find_turns(VocWork *work)
{
    g_autoptr(GArray) contacts = g_array_new(FALSE, FALSE, sizeof(Contact));
    g_autoptr(GHashTable) by_customer =
        g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
    int reach = MIN(work->periods, 2 + TURN_DAYS / work->content->period.days);
    guint now = 0;
    for (int back = 0; back < reach; back++) {
        gsize end = work->start[back + 1], next;
        for (gsize i = work->start[back]; i < end; i = next) {
            next = voc_work_contact_end(work, i, end);
            Contact c = contact_of(work, i, next);
            guint at = contacts->len;
            g_array_append_val(contacts, c);
            if (!c.first->customer)
                continue;
            GArray *mine = g_hash_table_lookup(by_customer, GUINT_TO_POINTER(c.first->customer));
            if (!mine) {
                mine = g_array_new(FALSE, FALSE, sizeof(guint));
                g_hash_table_insert(by_customer, GUINT_TO_POINTER(c.first->customer), mine);
            }
            g_array_append_val(mine, at);
        }
        if (back == 0)
            now = contacts->len;
    }
    for (guint i = 0; i < now; i++) {
        const Contact *c = &g_array_index(contacts, Contact, i);
        if (c->first != c->last && c->mood_first * c->mood_last < 0) {
            add_turn(work, c->first_row, c->last_row, c->mood_last > 0);
            continue;
        }
        GArray *mine = c->first->customer
                           ? g_hash_table_lookup(by_customer, GUINT_TO_POINTER(c->first->customer))
                           : NULL;
        const Contact *before = mine ? earlier(contacts, mine, c) : NULL;
        if (before && before->mood * c->mood < 0)
            add_turn(work, before->last_row, c->last_row, c->mood > 0);
    }
}

void
voc_content_people(VocWork *work)
{
    find_answers(work);
    find_turns(work);
}
