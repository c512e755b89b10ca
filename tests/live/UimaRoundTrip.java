import java.io.FileInputStream;
import java.io.FileOutputStream;
import org.apache.uima.UIMAFramework;
import org.apache.uima.cas.CAS;
import org.apache.uima.cas.impl.XmiCasDeserializer;
import org.apache.uima.cas.impl.XmiCasSerializer;
import org.apache.uima.cas.text.AnnotationFS;
import org.apache.uima.util.CasCreationUtils;
import org.apache.uima.util.XMLInputSource;

/** Reads an XMI with its type system, prints what each annotation covers, and writes it again. */
public class UimaRoundTrip {
    public static void main(String[] args) throws Exception {
        var types = UIMAFramework.getXMLParser().parseTypeSystemDescription(new XMLInputSource(args[0]));
        CAS cas = CasCreationUtils.createCas(types, null, null);
        try (var file = new FileInputStream(args[1])) {
            XmiCasDeserializer.deserialize(file, cas);
        }
        for (AnnotationFS one : cas.getAnnotationIndex()) {
            String name = one.getType().getName();
            if (name.startsWith("webanno.custom.")) {
                System.out.println(name.substring(15) + "\t" + one.getCoveredText().replace("\r", "\\r").replace("\n", "\\n"));
            }
        }
        try (var file = new FileOutputStream(args[2])) {
            XmiCasSerializer.serialize(cas, file);
        }
    }
}
