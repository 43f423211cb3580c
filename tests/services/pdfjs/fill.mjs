// Fills forms in as Firefox does: a line of JSON in, {content, values}; a line of base64 out, the saved document.
import { createInterface } from "node:readline";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.min.mjs";

async function filled({ content, values }) {
  const document = await getDocument({ data: Uint8Array.from(Buffer.from(content, "base64")) }).promise;
  const boxes = await document.getFieldObjects();
  for (const [name, value] of Object.entries(values)) {
    for (const { id } of boxes.get(name)) document.annotationStorage.setValue(id, { value });
  }
  const saved = Buffer.from(await document.saveDocument()).toString("base64");
  await document.loadingTask.destroy();
  return saved;
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(await filled(JSON.parse(line)));
}
