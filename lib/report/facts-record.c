#include "report/facts-record.h"

#include "base/calendar.h"

#include <math.h>

static VocFactRole
role_of(VocSlice role)
{
    if (voc_slice_equal_string(role, "agent"))
        return VOC_ROLE_AGENT;
    if (voc_slice_equal_string(role, "bot"))
        return VOC_ROLE_BOT;
    return voc_slice_equal_string(role, "system") ? VOC_ROLE_SYSTEM : VOC_ROLE_CUSTOMER;
}

static double
number_at(const VocJson *object, const char *key)
{
    double number;
    return voc_json_number(voc_json_get(object, key), &number) ? number : NAN;
}

static void
add_rating(VocFact *fact, const VocJson *rating)
{
    static const char *const keys[VOC_N_RATINGS] = {"nps", "csat", "ces", "stars"};
    for (int kind = 0; kind < VOC_N_RATINGS; kind++) {
        double value = number_at(rating, keys[kind]);
        if (kind == VOC_RATING_NPS && !(value >= 0 && value <= 10))
            value = NAN;
        fact->rating[kind] = (float)value;
    }
}

static void
add_score(VocFact *fact, const VocJson *score)
{
    VocSlice label = voc_json_get_text(score, "label");
    fact->score = (float)number_at(score, "value");
    if (voc_slice_equal_string(label, "negative"))
        fact->feeling = VOC_FEELING_NEGATIVE;
    else if (voc_slice_equal_string(label, "positive"))
        fact->feeling = VOC_FEELING_POSITIVE;
    else if (label.len || !isnan(fact->score))
        fact->feeling = VOC_FEELING_NEUTRAL;
    const VocJson *p = voc_json_get(score, "p");
    if (p && p->type == VOC_JSON_ARRAY && p->n == 3) {
        double negative = NAN, positive = NAN;
        voc_json_number(p->first, &negative);
        voc_json_number(p->first->next->next, &positive);
        fact->negative = (float)negative;
        fact->positive = (float)positive;
    }
}

static guint32
position_at(const VocJson *object, const char *key)
{
    double number = number_at(object, key);
    return number >= 0 && number < G_MAXINT32 ? (guint32)number : 0;
}

static void
add_themes(VocFacts *facts, const VocJson *themes)
{
    for (const VocJson *t = themes && themes->type == VOC_JSON_ARRAY ? themes->first : NULL; t; t = t->next) {
        VocName theme = voc_facts_intern(facts, voc_json_get_text(t, "id"));
        double weight = number_at(t, "weight");
        if (theme)
            voc_facts_add_theme(facts, (VocFactTheme){theme, isnan(weight) ? 1 : (float)weight,
                                                      (float)number_at(t, "score"), position_at(t, "start"),
                                                      position_at(t, "end")});
    }
}

static int
cue_bit(VocSlice cue, VocSlice kind)
{
    static const struct {
        const char *name;
        VocCueBit bit;
    } cues[] = {
        {"failure-demand", VOC_CUE_FAILURE_DEMAND},
        {"value-demand", VOC_CUE_VALUE_DEMAND},
        {"effort", VOC_CUE_EFFORT},
        {"urgency", VOC_CUE_URGENCY},
        {"churn", VOC_CUE_CHURN},
        {"wish", VOC_CUE_WISH},
        {"need", VOC_CUE_NEED},
        {"thanks", VOC_CUE_THANKS},
        {"escalation", VOC_CUE_ESCALATION},
        {"cause", VOC_CUE_CAUSE},
    };
    if (voc_slice_equal_string(cue, "effort") && voc_slice_equal_string(kind, "easy"))
        return 0;
    for (gsize i = 0; i < G_N_ELEMENTS(cues); i++)
        if (voc_slice_equal_string(cue, cues[i].name))
            return (int)cues[i].bit;
    if (voc_slice_equal_string(cue, "demand"))
        return voc_slice_equal_string(kind, "failure") ? VOC_CUE_FAILURE_DEMAND
               : voc_slice_equal_string(kind, "value") ? VOC_CUE_VALUE_DEMAND
                                                       : 0;
    return 0;
}

static void
add_cues(VocFacts *facts, const VocJson *cues)
{
    for (const VocJson *c = cues && cues->type == VOC_JSON_ARRAY ? cues->first : NULL; c; c = c->next) {
        VocSlice kind = voc_json_get_text(c, "kind");
        int bit = cue_bit(voc_json_get_text(c, "cue"), kind);
        if (bit)
            voc_facts_add_cue(facts, (VocFactCue){voc_facts_intern(facts, kind), (VocCueBit)bit,
                                                  position_at(c, "start"), position_at(c, "end")});
    }
}

static gboolean
is_set(const VocJson *value)
{
    return value && value->type != VOC_JSON_NULL && value->type != VOC_JSON_FALSE;
}

static VocName
name_of(VocFacts *facts, const VocRecord *record, VocKey key)
{
    return voc_facts_intern(facts, voc_record_string(record, key));
}

void
voc_facts_add_record(VocFacts *facts, VocRecord *record)
{
    int second;
    const VocJson *clean = voc_record_value(record, VOC_KEY_CLEAN),
                  *turn = voc_record_value(record, VOC_KEY_TURN);
    const VocJson *lang = voc_record_value(record, VOC_KEY_LANG);
    VocFact *fact =
        voc_facts_add(facts, voc_record_string(record, VOC_KEY_ID), voc_record_string(record, VOC_KEY_SOURCE),
                      voc_record_string(record, VOC_KEY_TEXT));
    fact->day = voc_day_parse(voc_record_string(record, VOC_KEY_TIME), &second);
    fact->second = second;
    fact->zone = (gint16)voc_day_zone(voc_record_string(record, VOC_KEY_TIME));
    fact->role = (guint8)role_of(voc_record_string(record, VOC_KEY_ROLE));
    fact->channel = name_of(facts, record, VOC_KEY_CHANNEL);
    fact->touchpoint = name_of(facts, record, VOC_KEY_TOUCHPOINT);
    fact->unit = name_of(facts, record, VOC_KEY_UNIT);
    fact->thread = name_of(facts, record, VOC_KEY_THREAD);
    fact->customer = name_of(facts, record, VOC_KEY_CUSTOMER);
    fact->lang = lang && lang->type == VOC_JSON_OBJECT
                     ? voc_facts_intern(facts, voc_json_get_text(lang, "code"))
                     : name_of(facts, record, VOC_KEY_LANG);
    double place = NAN;
    if (voc_json_number(turn, &place) && place >= 0 && place < G_MAXINT32)
        fact->turn = (guint32)place;
    fact->duplicate =
        (guint8)(is_set(voc_json_get(clean, "duplicate")) || is_set(voc_json_get(clean, "duplicate_of")));
    fact->automatic = (guint8)is_set(voc_json_get(clean, "automatic"));
    add_rating(fact, voc_record_value(record, VOC_KEY_RATING));
    if (voc_record_has(record, VOC_KEY_SCORE))
        add_score(fact, voc_record_value(record, VOC_KEY_SCORE));
    add_themes(facts, voc_record_value(record, VOC_KEY_THEMES));
    add_cues(facts, voc_record_value(record, VOC_KEY_CUES));
}
