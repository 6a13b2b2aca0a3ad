/* The one place that includes simdjson: a C face over its on-demand parser. */
#include "io/json.h"

#include <simdjson.h>

#include "io/input.h"

using namespace simdjson;

static_assert(VOC_PADDING >= SIMDJSON_PADDING, "blocks must be padded for simdjson");

struct VocJsonReader {
    ondemand::parser parser;
};

extern "C" VocJsonReader *
voc_json_reader_new(void)
{
    return new VocJsonReader();
}

extern "C" void
voc_json_reader_free(VocJsonReader *reader)
{
    delete reader;
}

/* What is wrong, in words; newer versions put the code's name in front of them. */
static const char *
words_for(error_code code)
{
    const char *text = error_message(code), *at = text;
    while (g_ascii_isupper(*at) || g_ascii_isdigit(*at) || *at == '_')
        at++;
    return at > text && at[0] == ':' && at[1] == ' ' ? at + 2 : text;
}

/* simdjson leaves escapes unchecked until a string is unescaped. */
static bool
escapes_good(const char *at, const char *end)
{
    while ((at = static_cast<const char *>(memchr(at, '\\', static_cast<size_t>(end - at))))) {
        if (++at == end)
            return false;
        if (*at == 'u') {
            if (end - at < 5)
                return false;
            for (int i = 1; i <= 4; i++)
                if (!g_ascii_isxdigit(at[i]))
                    return false;
            at += 5;
        } else if (strchr("\"\\/bfnrt", *at) && *at) {
            at++;
        } else {
            return false;
        }
    }
    return true;
}

static VocSlice
without_space(std::string_view token)
{
    size_t len = token.size();
    while (len > 0 && (token[len - 1] == ' ' || token[len - 1] == '\n' || token[len - 1] == '\t' ||
                       token[len - 1] == '\r'))
        len--;
    return voc_slice_of(token.data(), len);
}

static bool
string_good(VocSlice token)
{
    return token.len >= 2 && token.data[token.len - 1] == '"' &&
           escapes_good(token.data + 1, token.data + token.len - 1);
}

/* Adds what the walk finds; a null arena only checks. */
struct Walker {
    VocArena *arena;
    const char *reason = nullptr;
    VocSlice left = VOC_SLICE_NONE; /* a number that the parser could not read, and so did not take */

    bool
    fail(error_code code)
    {
        if (!reason)
            reason = words_for(code);
        return false;
    }

    bool
    fail(const char *text)
    {
        if (!reason)
            reason = text;
        return false;
    }

    VocJson *
    child(VocJson *parent, const VocJson **tail, VocSlice key)
    {
        if (!arena)
            return nullptr;
        VocJson *made = voc_arena_new(arena, VocJson);
        made->key = key;
        if (*tail)
            const_cast<VocJson *>(*tail)->next = made;
        else
            parent->first = made;
        *tail = made;
        parent->n++;
        return made;
    }

    bool
    string(VocSlice token, VocJson *into)
    {
        if (!string_good(token))
            return fail("bad escape in a string");
        if (into) {
            into->type = VOC_JSON_STRING;
            into->text = voc_json_unquote(token, arena);
        }
        return true;
    }

    static std::string_view
    token_of(ondemand::value &value)
    {
        return value.raw_json_token();
    }

    static std::string_view
    token_of(ondemand::document &document)
    {
        std::string_view raw;
        return document.raw_json_token().get(raw) ? std::string_view() : raw;
    }

    /* Looking at a token does not take it. A string that is left lying would pass for a key if a colon came
     * behind it, and whether something follows a document shows once its value is taken. */
    template <typename T>
    static void
    pass(T &value, ondemand::json_type type)
    {
        error_code unsaid = SUCCESS; /* the token itself is checked elsewhere */
        ondemand::raw_json_string taken;
        bool null;
        if (type == ondemand::json_type::string)
            unsaid = value.get_raw_json_string().get(taken);
        else if (type == ondemand::json_type::null)
            unsaid = value.is_null().get(null);
        (void)unsaid;
    }

    /* Both documents and values; they are different types with the same methods. */
    template <typename T>
    bool
    scalar(T &value, VocSlice token, ondemand::json_type type, VocJson *into)
    {
        VocJsonType kind = VOC_JSON_NULL;
        if (type == ondemand::json_type::string) {
            return string(token, into);
        } else if (type == ondemand::json_type::number) {
            double number;
            kind = VOC_JSON_NUMBER;
            /* Digits beyond a double's range are well-formed JSON all the same. */
            auto error = value.get_double().get(number);
            if (error && error != NUMBER_OUT_OF_RANGE && error != NUMBER_ERROR)
                return fail(error);
            if (error && !plain_number(token))
                return fail(error);
            if (error)
                left = token;
        } else if (type == ondemand::json_type::boolean) {
            bool flag;
            if (auto error = value.get_bool().get(flag))
                return fail(error);
            kind = flag ? VOC_JSON_TRUE : VOC_JSON_FALSE;
        } else if (!voc_slice_equal_string(token, "null")) {
            return fail("a literal that JSON does not have");
        }
        if (into) {
            into->type = kind;
            into->text = token;
        }
        return true;
    }

    static bool
    plain_number(VocSlice token)
    {
        gsize i = 0;
        if (i < token.len && token.data[i] == '-')
            i++;
        gsize digits = i;
        while (i < token.len && g_ascii_isdigit(token.data[i]))
            i++;
        if (i == digits || (token.data[digits] == '0' && i - digits > 1))
            return false;
        if (i < token.len && token.data[i] == '.') {
            gsize fraction = ++i;
            while (i < token.len && g_ascii_isdigit(token.data[i]))
                i++;
            if (i == fraction)
                return false;
        }
        if (i < token.len && (token.data[i] | 32) == 'e') {
            i++;
            if (i < token.len && (token.data[i] == '+' || token.data[i] == '-'))
                i++;
            gsize exponent = i;
            while (i < token.len && g_ascii_isdigit(token.data[i]))
                i++;
            if (i == exponent)
                return false;
        }
        return i == token.len;
    }

    bool
    key(ondemand::field &field, VocSlice *found)
    {
        const char *at = field.key().raw();
        const char *end = at;
        while (*end != '"')
            end += *end == '\\' ? 2 : 1;
        *found = voc_slice_of(at, static_cast<gsize>(end - at));
        return escapes_good(at, end) || fail("bad escape in a key");
    }

    bool
    array(ondemand::array items, VocJson *into, int depth)
    {
        const VocJson *tail = nullptr;
        if (into)
            into->type = VOC_JSON_ARRAY;
        for (auto item : items) {
            ondemand::value value;
            if (auto error = item.get(value))
                return fail(error);
            if (!walk(value, child(into, &tail, VOC_SLICE_NONE), depth + 1))
                return false;
        }
        return true;
    }

    bool
    object(ondemand::object members, VocJson *into, int depth)
    {
        const VocJson *tail = nullptr;
        if (into)
            into->type = VOC_JSON_OBJECT;
        for (auto member : members) {
            ondemand::field field;
            VocSlice name;
            if (auto error = std::move(member).get(field))
                return fail(error);
            if (!key(field, &name))
                return false;
            VocSlice plain = VOC_SLICE_NONE;
            if (arena)
                plain = voc_json_unquote(voc_slice_of(name.data - 1, name.len + 2), arena);
            if (!walk(field.value(), child(into, &tail, plain), depth + 1))
                return false;
        }
        return true;
    }

    template <typename T>
    bool
    walk(T &value, VocJson *into, int depth)
    {
        if (depth > VOC_JSON_DEPTH)
            return fail("nested too deeply");
        ondemand::json_type type;
        if (auto error = value.type().get(type))
            return fail(error);
        if (type == ondemand::json_type::array) {
            ondemand::array items;
            if (auto error = value.get_array().get(items))
                return fail(error);
            return array(items, into, depth);
        }
        if (type == ondemand::json_type::object) {
            ondemand::object members;
            if (auto error = value.get_object().get(members))
                return fail(error);
            return object(members, into, depth);
        }
        VocSlice token = without_space(token_of(value));
        pass(value, type);
        return scalar(value, token, type, into);
    }
};

/* Whether the whole text has been used up. */
static bool
at_end(ondemand::document &document)
{
    const char *at;
    return document.current_location().get(at) == OUT_OF_BOUNDS;
}

/* Whether `token` is the last thing in `text`. */
static bool
ends_with(VocSlice text, VocSlice token)
{
    VocSlice plain = voc_slice_strip(text);
    return token.len > 0 && token.data + token.len == plain.data + plain.len;
}

/* Where a member's value ends is known once it has been passed over; only then is it looked into. */
static bool
member_value(Walker &walker, ondemand::value value, VocSlice *found)
{
    ondemand::json_type type;
    if (auto error = value.type().get(type))
        return walker.fail(error);
    std::string_view raw;
    if (type == ondemand::json_type::array) {
        ondemand::array items;
        if (auto error = value.get_array().get(items))
            return walker.fail(error);
        if (auto error = items.raw_json().get(raw))
            return walker.fail(error);
        items.reset();
        *found = without_space(raw);
        return walker.array(items, nullptr, 1);
    }
    if (type == ondemand::json_type::object) {
        ondemand::object members;
        if (auto error = value.get_object().get(members))
            return walker.fail(error);
        if (auto error = members.raw_json().get(raw))
            return walker.fail(error);
        members.reset();
        *found = without_space(raw);
        return walker.object(members, nullptr, 1);
    }
    raw = value.raw_json_token();
    *found = without_space(raw);
    Walker::pass(value, type);
    /* Strings, most of what there is, need no second look at their first byte. */
    if (type == ondemand::json_type::string) {
        if (!string_good(*found))
            return walker.fail("bad escape in a string");
        return true;
    }
    return walker.scalar(value, *found, type, nullptr);
}

extern "C" gssize
voc_json_members(VocJsonReader *reader, VocSlice text, VocJsonMember *members, gsize max, const char **reason)
{
    Walker walker{nullptr};
    ondemand::document document;
    ondemand::object object;
    gsize n = 0;
    error_code error =
        reader->parser.iterate(padded_string_view(text.data, text.len, text.len + VOC_PADDING)).get(document);
    if (!error)
        error = document.get_object().get(object);
    if (error) {
        *reason = error == INCORRECT_TYPE ? "not a JSON object" : words_for(error);
        return -1;
    }
    for (auto member : object) {
        ondemand::field field;
        if (auto problem = std::move(member).get(field)) {
            walker.fail(problem);
            break;
        }
        if (n == max) {
            walker.fail("too many keys");
            break;
        }
        if (!walker.key(field, &members[n].key) || !member_value(walker, field.value(), &members[n].value))
            break;
        n++;
    }
    if (!walker.reason && !at_end(document))
        walker.fail("something follows the object");
    *reason = walker.reason;
    return walker.reason ? -1 : static_cast<gssize>(n);
}

extern "C" const VocJson *
voc_json_parse(VocJsonReader *reader, VocSlice text, VocArena *arena, GError **error)
{
    Walker walker{arena};
    ondemand::document document;
    VocJson *root = voc_arena_new(arena, VocJson);
    error_code problem =
        reader->parser.iterate(padded_string_view(text.data, text.len, text.len + VOC_PADDING)).get(document);
    if (problem) {
        walker.fail(problem);
    } else if (walker.walk(document, root, 0) && !at_end(document) && !ends_with(text, walker.left)) {
        walker.fail("something follows the value");
    }
    if (!walker.reason)
        return root;
    const char *at = nullptr;
    if (!problem && !document.current_location().get(at) && at >= text.data && at < text.data + text.len)
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "not JSON: %s, near byte %zu", walker.reason,
                    static_cast<size_t>(at - text.data));
    else
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "not JSON: %s", walker.reason);
    return nullptr;
}
