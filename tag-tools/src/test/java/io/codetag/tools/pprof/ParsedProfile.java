package io.codetag.tools.pprof;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** A profile as protobuf-java reads it, strict about what profile.proto asks for. */
final class ParsedProfile {
    private final Message profile;
    private final List<String> strings;
    private final Map<Long, Message> locations;
    private final Map<Long, Message> functions;
    private final Map<Long, Message> mappings;

    private ParsedProfile(Message profile) {
        this.profile = profile;
        this.strings = list(profile, "string_table");
        this.locations = byId("location");
        this.functions = byId("function");
        this.mappings = byId("mapping");
        if (!strings.get(0).isEmpty()) {
            throw new AssertionError("the first string is " + strings.get(0));
        }
    }

    static ParsedProfile of(byte[] zipped) throws Exception {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            // Proto3: a string that is not UTF-8 fails here.
            final DynamicMessage message = DynamicMessage.parseFrom(descriptor(), ByteString.readFrom(in));
            noUnknownFields(message);
            return new ParsedProfile(message);
        }
    }

    private static Descriptor descriptor() throws Exception {
        final FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();
        try (Reader text = new InputStreamReader(
                ParsedProfile.class.getResourceAsStream("profile-descriptor.txt"), StandardCharsets.UTF_8)) {
            TextFormat.merge(text, file);
        }
        return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]).findMessageTypeByName("Profile");
    }

    private static void noUnknownFields(Message message) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            throw new AssertionError("unknown fields: " + message.getUnknownFields());
        }
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            if (field.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                final Object value = field.getValue();
                for (Object each : value instanceof List<?> several ? several : List.of(value)) {
                    noUnknownFields((Message) each);
                }
            }
        }
    }

    /** Returns type and unit of every value of a sample. */
    List<String> sampleTypes() {
        return this.<Message>list("sample_type").stream().map(this::valueType).toList();
    }

    String periodType() {
        return valueType(get(profile, "period_type"));
    }

    String defaultSampleType() {
        return string(profile, "default_sample_type");
    }

    List<String> comments() {
        return this.<Long>list("comment").stream()
                .map(index -> strings.get(index.intValue()))
                .toList();
    }

    long number(String field) {
        return get(profile, field);
    }

    List<String> strings() {
        return strings;
    }

    int locationCount() {
        return locations.size();
    }

    int functionCount() {
        return functions.size();
    }

    List<String> mappingNames() {
        return this.<Message>list("mapping").stream()
                .map(mapping -> string(mapping, "filename"))
                .toList();
    }

    /** Returns the samples, in order. */
    List<Frame> frames() {
        return this.<Message>list("sample").stream().map(this::frame).toList();
    }

    private Frame frame(Message sample) {
        final List<Long> ids = list(sample, "location_id");
        final List<Long> values = list(sample, "value");
        if (ids.size() != 1 || values.size() != sampleTypes().size()) {
            throw new AssertionError(sample.toString());
        }
        final Message location = known(locations, ids.get(0));
        final Message mapping = known(mappings, get(location, "mapping_id"));
        for (String has : List.of("has_functions", "has_filenames", "has_line_numbers")) {
            if (!ParsedProfile.<Boolean>get(mapping, has)) {
                throw new AssertionError(has + " of " + mapping);
            }
        }
        final List<Message> lines = list(location, "line");
        final Message function = known(functions, get(lines.get(0), "function_id"));
        final Map<String, String> labels = new TreeMap<>();
        for (Message label : ParsedProfile.<Message>list(sample, "label")) {
            labels.put(string(label, "key"), string(label, "str"));
        }
        return new Frame(
                string(mapping, "filename"),
                string(function, "name"),
                string(function, "system_name"),
                string(function, "filename"),
                get(function, "start_line"),
                get(lines.get(0), "line"),
                values.get(0),
                values.get(1),
                labels);
    }

    private static Message known(Map<Long, Message> all, long id) {
        final Message found = all.get(id);
        if (found == null) {
            throw new AssertionError("no id " + id + " in " + all.keySet());
        }
        return found;
    }

    private Map<Long, Message> byId(String field) {
        final List<Message> all = new ArrayList<>(this.<Message>list(field));
        return all.stream().collect(Collectors.toMap(each -> ParsedProfile.<Long>get(each, "id"), Function.identity()));
    }

    private String valueType(Message type) {
        return string(type, "type") + '/' + string(type, "unit");
    }

    private String string(Message message, String field) {
        return strings.get((int) ParsedProfile.<Long>get(message, field).longValue());
    }

    private <T> List<T> list(String field) {
        return list(profile, field);
    }

    private static <T> List<T> list(Message message, String field) {
        return get(message, field);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T get(Message message, String field) {
        return (T) message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    /** One sample, resolved. */
    record Frame(
            String module,
            String function,
            String systemName,
            String file,
            long startLine,
            long line,
            long objects,
            long bytes,
            Map<String, String> labels) {}
}
