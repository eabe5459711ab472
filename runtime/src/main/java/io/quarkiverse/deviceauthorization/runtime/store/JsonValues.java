package io.quarkiverse.deviceauthorization.runtime.store;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;

/**
 * JSON as text and as Java types: those that the answers of a server are read as, so that what was stored is the same as what
 * was not. A decimal number comes back as a double, unless a double would lose digits of it.
 */
final class JsonValues {

    private static final JsonFactory JSON = JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

    private JsonValues() {
    }

    static String write(Map<String, ?> object) {
        String text = write(object, false);
        // half a surrogate pair has no place in UTF-8, but in JSON
        return StandardCharsets.UTF_8.newEncoder().canEncode(text) ? text : write(object, true);
    }

    private static String write(Map<String, ?> object, boolean asciiOnly) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.configure(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature(), asciiOnly);
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            write(json, object);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is none in memory
        }
        return text.append('\n').toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                json.writeFieldName(String.valueOf(member.getKey()));
                write(json, member.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Collection<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Number number) {
            write(json, number);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value.toString());
        }
    }

    private static void write(JsonGenerator json, Number number) throws IOException {
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (Double.isInfinite(value)) {
                json.writeNumber(value > 0 ? "1e999" : "-1e999"); // what a number too large for a double is read as
                return;
            } else if (Double.isNaN(value)) {
                json.writeString("NaN");
                return;
            }
        }
        json.writeNumber(number.toString());
    }

    /** @throws BrokenContentException if it is no JSON object, and nothing but one */
    static Map<String, Object> read(String text) throws BrokenContentException {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() == JsonToken.START_OBJECT) {
                Map<String, Object> object = object(json);
                if (json.nextToken() == null) {
                    return object;
                }
            }
        } catch (IOException e) {
            // the parser's message quotes what it can't read
        }
        throw new BrokenContentException(text.isBlank() ? "it is empty" : "it is no JSON object, or cut off");
    }

    private static Map<String, Object> object(JsonParser json) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            object.put(name, value(json));
        }
        return object;
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(json));
                }
                yield list;
            }
            case VALUE_STRING -> json.getText();
            case VALUE_NUMBER_INT -> integer(json.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> decimal(json.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Number integer(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return value.intValue();
        }
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }

    private static Number decimal(String text) {
        double value = Double.parseDouble(text);
        return Double.isInfinite(value) || new BigDecimal(text).compareTo(BigDecimal.valueOf(value)) == 0 ? (Number) value
                : new BigDecimal(text);
    }
}
