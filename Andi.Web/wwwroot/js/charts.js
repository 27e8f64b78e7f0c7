// Charts that can be walked through with the arrow keys, laid over the pictures that the server drew. The library is loaded when the first chart is seen.
const libraryPath = document.querySelector("script[data-charts]").dataset.charts;
let library;

const load = () => (library ??= new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = libraryPath;
  script.onload = () => resolve(window.echarts);
  script.onerror = reject;
  document.head.append(script);
}));

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) {
      seen.unobserve(target);
      load().then((echarts) => draw(echarts, target)).catch(() => {});
    }
  }
});

/** Charts of a page, or of the part of one that was drawn anew. */
export function drawCharts(root) {
  const figures = root.matches?.("figure[data-chart]") ? [root] : root.querySelectorAll("figure[data-chart]");
  for (const figure of figures) {
    seen.observe(figure);
  }
}

// light-dark() and other functions are resolved by the browser alone.
const variable = (name) => {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
};

const frame = () => ({
  animation: false,
  textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: variable("--ink-2") },
  tooltip: { trigger: "axis", confine: true, backgroundColor: variable("--card"), textStyle: { color: variable("--ink") }, axisPointer: { type: "shadow" } },
  grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
  aria: { enabled: false },
});

const axis = () => ({ axisLine: { lineStyle: { color: variable("--line") } }, splitLine: { lineStyle: { color: variable("--line") } }, axisLabel: { color: variable("--ink-2") } });

const options = {
  histogram: (data) => ({
    xAxis: { type: "category", data: data.bars.map((bar) => bar.label), ...axis() },
    yAxis: { type: "value", minInterval: 1, ...axis() },
    dataZoom: [{ type: "inside" }],
    series: [{
      type: "bar", name: data.counts, barCategoryGap: "10%",
      data: data.bars.map((bar) => ({ value: bar.count, itemStyle: { color: variable(bar.band ? `--band-${bar.band}` : "--accent") } })),
    }],
  }),
  lines: (data) => ({
    xAxis: { type: "category", data: data.steps, ...axis() },
    yAxis: { type: "value", scale: !data.fromZero, ...axis() },
    dataZoom: data.steps.length > 12 ? [{ type: "inside" }] : [],
    series: data.series.map((series, place) => ({
      type: "line", name: series.name, data: series.values, symbolSize: 8,
      lineStyle: { width: 2.5, type: ["solid", "dashed", "dotted", [9, 3, 2, 3]][place] }, color: variable(`--band-${place + 1}`),
    })),
  }),
  bars: (data) => ({
    xAxis: { type: "value", ...axis() },
    yAxis: { type: "category", inverse: true, data: data.rows.map((row) => row.name), ...axis() },
    series: [{
      type: "bar", name: data.values, data: data.rows.map((row) => row.value), color: variable("--accent"),
      markLine: data.mark ? { symbol: "none", data: [{ xAxis: data.mark.value }], lineStyle: { color: variable("--ink") } } : undefined,
    }],
  }),
};

function draw(echarts, figure) {
  const data = JSON.parse(figure.dataset.chart);
  const picture = figure.querySelector(".picture");
  const drawing = picture.querySelector(".still");
  const layer = document.createElement("div");
  layer.className = "drawn";
  layer.setAttribute("aria-hidden", "true");
  layer.hidden = true;
  picture.append(layer);

  let chart;
  const chartOf = () => {
    if (!chart) {
      layer.hidden = false;
      drawing.classList.add("covered");
      layer.style.height = `${drawing.getBoundingClientRect().height}px`;
      chart = echarts.init(layer, null, { renderer: "canvas" });
      chart.setOption({ ...frame(), ...options[data.kind](data) });
      chart.on("click", ({ dataIndex }) => follow(dataIndex));
      new ResizeObserver(() => chart.resize()).observe(picture);
    }

    return chart;
  };
  const items = data.bars ?? data.rows ?? data.steps;
  const follow = (place) => {
    const href = (data.bars ?? data.rows)?.[place]?.href;
    if (href) {
      window.Blazor ? window.Blazor.navigateTo(href) : location.assign(href);
    }
  };

  // The pointer, or the keyboard, brings the chart; what the server drew is there until then. Bars are links, which say their values themselves.
  const isWalked = data.kind !== "bars";
  if (isWalked) {
    picture.addEventListener("pointerenter", chartOf, { once: true });
    walk(figure, picture, items, chartOf, follow, data);
  }

  const button = figure.querySelector("[data-png]");
  button.hidden = false;
  button.addEventListener("click", () => {
    const link = document.createElement("a");
    link.download = `${figure.dataset.name}.png`;
    link.href = chartOf().getDataURL({ pixelRatio: 2, backgroundColor: variable("--card") });
    link.click();
    if (!isWalked) {
      chart.dispose();
      chart = undefined;
      layer.hidden = true;
      drawing.classList.remove("covered");
    }
  });
}

const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

const textOf = (data, place) => data.bars ? `${data.bars[place].label}: ${data.bars[place].count}`
  : data.rows ? `${data.rows[place].name}: ${data.rows[place].value ?? data.rows[place].note}`
    : `${data.steps[place]}: ${data.series.map((series) => `${series.name} ${series.values[place] ?? "–"}`).join(", ")}`;

function walk(figure, picture, items, chartOf, follow, data) {
  const said = document.createElement("p");
  said.setAttribute("aria-live", "polite");
  said.className = "said";
  figure.append(said);
  picture.tabIndex = 0;
  picture.setAttribute("role", "group");
  picture.setAttribute("aria-label", `${figure.dataset.name}. ${figure.dataset.keys}`);
  let place = -1;
  picture.addEventListener("keydown", (event) => {
    const step = steps[event.key] ?? { Home: -items.length, End: items.length }[event.key];
    if (event.target === picture && event.key === "Enter" && place >= 0) {
      follow(place);
    } else if (event.target === picture && step) {
      event.preventDefault();
      place = Math.min(items.length - 1, Math.max(0, place + step));
      chartOf().dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: place });
      said.textContent = textOf(data, place);
    }
  });
}
