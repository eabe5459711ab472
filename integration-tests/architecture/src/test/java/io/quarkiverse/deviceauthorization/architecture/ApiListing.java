package io.quarkiverse.deviceauthorization.architecture;

import java.lang.annotation.Annotation;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of some classes others can name, extend and call, with a line for each. A line that goes or changes breaks somebody; so
 * does one that comes, where it is an abstract method of an interface that applications implement.
 */
final class ApiListing {

    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals(Object)", "hashCode()", "toString()");

    private ApiListing() {
    }

    static List<String> of(Collection<Class<?>> types) {
        List<String> lines = new ArrayList<>();
        types.stream().filter(ApiListing::isVisible).sorted(Comparator.comparing(Class::getName)).forEach(type -> {
            lines.add(head(type));
            members(type).sorted().map(member -> "    " + member).forEach(lines::add);
            lines.add("");
        });
        return lines;
    }

    private static boolean isVisible(Class<?> type) {
        return isVisible(type.getModifiers()) && !type.isAnonymousClass()
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String head(Class<?> type) {
        StringBuilder head = new StringBuilder(annotations(type.getAnnotations()));
        if (!type.isInterface()) {
            head.append(Modifier.isAbstract(type.getModifiers()) ? "abstract " : "")
                    .append(Modifier.isFinal(type.getModifiers()) ? "final " : "");
        }
        head.append(type.isSealed() ? "sealed " : "").append(kind(type)).append(' ').append(short_(type.getName()))
                .append(variables(type.getTypeParameters()));
        if (type.isRecord()) {
            head.append(Arrays.stream(type.getRecordComponents()).map(ApiListing::component)
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        Type parent = type.getGenericSuperclass();
        if (parent != null && parent != Object.class && !type.isRecord() && !type.isEnum()) {
            head.append(" extends ").append(name(parent));
        }
        if (!type.isAnnotation() && type.getGenericInterfaces().length > 0) {
            head.append(type.isInterface() ? " extends " : " implements ").append(names(type.getGenericInterfaces()));
        }
        return head.toString();
    }

    private static String kind(Class<?> type) {
        return type.isAnnotation() ? "@interface"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    }

    private static String component(RecordComponent component) {
        return name(component.getGenericType()) + " " + component.getName();
    }

    private static Stream<String> members(Class<?> type) {
        return Stream.of(fields(type), constructors(type), methods(type)).flatMap(lines -> lines);
    }

    private static Stream<String> fields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields()).filter(ApiListing::isListed)
                .map(field -> annotations(field.getAnnotations()) + modifiers(field) + name(field.getGenericType()) + " "
                        + field.getName() + constant(field));
    }

    /** Of constants, the compiler copies the values into the code that names them. */
    private static String constant(Field field) {
        if (!Modifier.isStatic(field.getModifiers()) || !Modifier.isFinal(field.getModifiers())
                || !(field.getType().isPrimitive() || field.getType() == String.class)) {
            return "";
        }
        try {
            return " = " + field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<String> constructors(Class<?> type) {
        return Arrays.stream(type.getDeclaredConstructors()).filter(ApiListing::isListed)
                .map(constructor -> annotations(constructor.getAnnotations()) + modifiers(constructor)
                        + constructor.getDeclaringClass().getSimpleName() + parameters(constructor) + thrown(constructor));
    }

    private static Stream<String> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).filter(method -> isListed(method) && !isImplied(type, method))
                .map(method -> annotations(method.getAnnotations()) + (method.isDefault() ? "default " : "")
                        + modifiers(method) + variables(method.getTypeParameters()) + name(method.getGenericReturnType()) + " "
                        + method.getName() + parameters(method) + thrown(method)
                        + (method.getDefaultValue() == null ? "" : " default " + value(method.getDefaultValue())));
    }

    private static boolean isListed(Member member) {
        return isVisible(member.getModifiers()) && !member.isSynthetic();
    }

    private static boolean isImplied(Class<?> type, Method method) {
        return OF_EVERY_OBJECT.contains(method.getName() + parameters(method))
                || type.isEnum() && Modifier.isStatic(method.getModifiers())
                        && Set.of("values", "valueOf").contains(method.getName())
                || type.isRecord() && method.getParameterCount() == 0 && Arrays.stream(type.getRecordComponents())
                        .anyMatch(component -> component.getAccessor().equals(method));
    }

    private static String modifiers(Member member) {
        int modifiers = member.getModifiers();
        StringJoiner words = new StringJoiner(" ", "", " ").setEmptyValue("");
        if (Modifier.isProtected(modifiers)) {
            words.add("protected");
        }
        if (Modifier.isAbstract(modifiers)) {
            words.add("abstract");
        }
        if (Modifier.isStatic(modifiers)) {
            words.add("static");
        }
        return words.toString();
    }

    private static String parameters(Executable executable) {
        return Arrays.stream(executable.getParameters()).map(Parameter::getParameterizedType).map(ApiListing::name)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String thrown(Executable executable) {
        return executable.getGenericExceptionTypes().length == 0 ? ""
                : " throws " + names(executable.getGenericExceptionTypes());
    }

    private static String variables(TypeVariable<?>[] variables) {
        return variables.length == 0 ? ""
                : Arrays.stream(variables).map(variable -> variable.getName() + " extends " + names(variable.getBounds()))
                        .collect(Collectors.joining(", ", "<", "> "));
    }

    /** Of annotations, those that change what can be done with what they are on. */
    private static String annotations(Annotation[] annotations) {
        return Arrays.stream(annotations).filter(annotation -> annotation.annotationType().getName().startsWith("java."))
                .map(annotation -> short_(annotation.toString()) + " ").sorted().collect(Collectors.joining());
    }

    private static String value(Object value) {
        return value instanceof Object[] values ? Arrays.toString(values) : "\"" + value + "\"";
    }

    private static String names(Type[] types) {
        return Arrays.stream(types).map(ApiListing::name).sorted().collect(Collectors.joining(", "));
    }

    private static String name(Type type) {
        return short_(type.getTypeName());
    }

    private static String short_(String text) {
        return text.replace(Code.ROOT + ".", "").replaceAll("\\bjava\\.(lang|util)\\.(?=[A-Z])", "").replace('$', '.');
    }
}
