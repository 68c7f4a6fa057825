package dev.kamalbackup.spi;

import java.util.Locale;
import java.util.regex.Pattern;

/** Tells the names that people give to what must not be tried things on. */
public final class ProductionName {
    private static final Pattern LOOK =
            Pattern.compile(".*production.*|(.*[/_.:-])?(prod|live)([/_.:-].*)?", Pattern.DOTALL);

    private ProductionName() {}

    /** Whether it holds {@code production}, or the word {@code prod} or {@code live}, in any case. */
    public static boolean matches(String name) {
        return LOOK.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }
}
