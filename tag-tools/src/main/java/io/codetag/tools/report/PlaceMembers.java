package io.codetag.tools.report;

import io.codetag.CodeTag;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The members of a place, in whatever order they come. */
final class PlaceMembers {
    private final JsonMembers json;
    private @Nullable String module;
    private @Nullable String className;
    private @Nullable String file;
    private @Nullable String path;
    private @Nullable Long line;
    private @Nullable String function;
    private boolean moduleTold;
    private boolean fileTold;

    PlaceMembers(JsonMembers json) {
        this.json = json;
    }

    /** Takes the value at which the parser stands, if it is one of a place; else passes over it. */
    void take(String name) throws IOException, ReportException {
        switch (name) {
            case "module" -> {
                module = json.stringOrNull(name);
                moduleTold = true;
            }
            case "file" -> {
                file = json.stringOrNull(name);
                fileTold = true;
            }
            case "class" -> className = json.string(name);
            case "path" -> path = json.string(name);
            case "function" -> function = json.string(name);
            case "line" -> line = json.number(name, 0);
            default -> json.skip();
        }
    }

    /** Makes the place; everything has to be there, and the path has to be that of class and file. */
    CodeTag tag() throws ReportException {
        if (!moduleTold || !fileTold) {
            throw json.defect("the place has no member '" + (moduleTold ? "file" : "module") + "'");
        }
        final long number = json.require(line, "line");
        if (number > Integer.MAX_VALUE) {
            throw json.defect("line is " + number + "; accepted: 0 to " + Integer.MAX_VALUE);
        }
        final CodeTag tag;
        try {
            tag = new CodeTag(
                    module, json.require(className, "class"), file, (int) number, json.require(function, "function"));
        } catch (IllegalArgumentException wrong) {
            throw json.defect(String.valueOf(wrong.getMessage()));
        }
        if (!tag.path().equals(json.require(path, "path"))) {
            throw json.defect("path is " + Excerpt.of(path == null ? "" : path) + ", class and file make it "
                    + Excerpt.of(tag.path()));
        }
        return tag;
    }
}
