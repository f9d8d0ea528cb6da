/// The only script of the HTML report: it lists and filters all cases. Everything else works
/// without it, and it builds nodes from text only.
enum HTMLScript {
  static let text = """
    "use strict";
    (() => {
      const source = document.getElementById("case-list");
      const section = document.getElementById("cases");
      if (!source || !section) return;
      const list = JSON.parse(source.textContent);
      const rows = [];
      for (const [prefix, cases] of list.groups) {
        for (const [rest, status, code, ratio] of cases) {
          const [word, cause] = [list.statuses[status], list.codes[code]];
          rows.push({ id: prefix + rest, status: word, code: cause, ratio });
        }
      }
      const search = document.getElementById("find-text");
      const choice = document.getElementById("find-status");
      const body = document.getElementById("found");
      const count = document.getElementById("found-count");
      const shownLimit = 200;
      for (const status of list.statuses) {
        const option = document.createElement("option");
        option.value = status;
        option.textContent = status;
        choice.append(option);
      }
      const cell = (row, text, name) => {
        const node = document.createElement("td");
        node.textContent = text;
        if (name) node.className = name;
        row.append(node);
      };
      const show = () => {
        const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
        const found = rows.filter((row) => (choice.value === "" || row.status === choice.value)
          && words.every((word) => (row.id + " " + row.code).toLowerCase().includes(word)));
        body.replaceChildren(...found.slice(0, shownLimit).map((row) => {
          const node = document.createElement("tr");
          cell(node, row.id, "mono");
          cell(node, row.status, "left");
          cell(node, row.code, "left mono");
          cell(node, row.ratio, "");
          return node;
        }));
        const cut = found.length > shownLimit ? `, the first ${shownLimit} shown` : "";
        count.textContent = `${found.length} of ${rows.length} cases${cut}`;
      };
      search.addEventListener("input", show);
      choice.addEventListener("change", show);
      for (const node of document.querySelectorAll("[data-needs-script]")) node.hidden = false;
      show();
    })();

    """
}
