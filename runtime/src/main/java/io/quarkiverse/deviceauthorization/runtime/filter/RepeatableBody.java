package io.quarkiverse.deviceauthorization.runtime.filter;

import java.io.InputStream;
import java.io.Reader;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;

import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.StreamingOutput;

import org.jboss.resteasy.reactive.client.impl.multipart.QuarkusMultipartForm;

import io.vertx.core.streams.ReadStream;

/** Tells bodies that can be sent twice from those that are consumed. */
final class RepeatableBody {

    private static final List<Class<?>> CONSUMED = List.of(InputStream.class, Reader.class, Flow.Publisher.class,
            BaseStream.class,
            Iterator.class, ReadStream.class, StreamingOutput.class);

    private RepeatableBody() {
    }

    /** @param entity the body, or null */
    static boolean is(Entity<?> entity) {
        if (entity == null) {
            return true;
        }
        Object body = entity.getEntity() instanceof GenericEntity<?> generic ? generic.getEntity() : entity.getEntity();
        if (body instanceof QuarkusMultipartForm form) {
            return isEachPart(form);
        }
        return CONSUMED.stream().noneMatch(type -> type.isInstance(body));
    }

    private static boolean isEachPart(QuarkusMultipartForm form) {
        for (var part : form) {
            if (part.multiByteContent() != null || isWrittenFromStream(part.getType())) {
                return false;
            }
        }
        return true;
    }

    /** What a part was written from is known by its type only. */
    private static boolean isWrittenFromStream(Class<?> type) {
        return type != null && CONSUMED.stream().anyMatch(consumed -> consumed.isAssignableFrom(type));
    }
}
