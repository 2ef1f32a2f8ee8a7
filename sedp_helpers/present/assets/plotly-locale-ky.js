var locale = {
  moduleType: "locale",
  name: "ky",
  dictionary: {
    "Autoscale": "Масштабды өзү тандасын",
    "Box Select": "Тик бурчтук менен белгилөө",
    "Click to enter Colorscale title": "Түс шкаласынын атын жазуу үчүн басыңыз",
    "Click to enter Plot subtitle": "Сүрөттүн кошумча атын жазуу үчүн басыңыз",
    "Click to enter Plot title": "Сүрөттүн атын жазуу үчүн басыңыз",
    "Click to enter X axis title": "X огунун атын жазуу үчүн басыңыз",
    "Click to enter Y axis title": "Y огунун атын жазуу үчүн басыңыз",
    "Compare data on hover": "Бардык маанилерди катар көрсөтүү",
    "Double-click on legend to isolate one trace": "Бир катарды гана калтыруу үчүн анын белгисин эки жолу басыңыз",
    "Double-click to zoom back out": "Баштапкы көрүнүшкө кайтуу үчүн эки жолу басыңыз",
    "Download plot": "Сүрөттү жүктөп алуу",
    "Download plot as a PNG": "Сүрөттү PNG түрүндө жүктөп алуу",
    "Draw circle": "Тегерек чийүү",
    "Draw closed freeform": "Туюк сызык чийүү",
    "Draw line": "Түз сызык чийүү",
    "Draw open freeform": "Ачык сызык чийүү",
    "Draw rectangle": "Тик бурчтук чийүү",
    "Erase active shape": "Белгиленген фигураны өчүрүү",
    "Image download succeeded": "Сүрөт жүктөлүп алынды",
    "Lasso Select": "Эркин сызык менен белгилөө",
    "Pan": "Жылдыруу",
    "Preparing image - this may take a few seconds": "Сүрөт даярдалууда, бир нече секунд күтүңүз",
    "Reset": "Баштапкы абалга кайтаруу",
    "Reset axes": "Окторду баштапкы абалга кайтаруу",
    "Show closest data on hover": "Эң жакын маанини көрсөтүү",
    "Sorry, there was a problem downloading your image!": "Сүрөт жүктөлүп алынган жок. Кайра аракет кылыңыз.",
    "Toggle Spike Lines": "Жардамчы сызыктарды көрсөтүү же жашыруу",
    "Toggle show closest data on hover": "Эң жакын маанини көрсөтүү же жашыруу",
    "Zoom": "Чоңойтуу үчүн аймак тандоо",
    "Zoom in": "Чоңойтуу",
    "Zoom out": "Кичирейтүү",
    "close:": "жабылышы:",
    "lat:": "кеңдик:",
    "lon:": "узундук:",
    "max:": "эң чоңу:",
    "mean:": "орточосу:",
    "median:": "медиана:",
    "min:": "эң кичинеси:",
    "new text": "жаңы текст",
    "open:": "ачылышы:",
    "source:": "булагы:",
    "trace": "катар"
  },
  format: {
    days: ["жекшемби", "дүйшөмбү", "шейшемби", "шаршемби", "бейшемби", "жума", "ишемби"],
    shortDays: ["жек.", "дүй.", "шейш.", "шарш.", "бейш.", "жума", "ишм."],
    months: [
      "январь", "февраль", "март", "апрель", "май", "июнь",
      "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"
    ],
    shortMonths: [
      "янв.", "фев.", "мар.", "апр.", "май", "июн.",
      "июл.", "авг.", "сен.", "окт.", "ноя.", "дек."
    ],
    date: "%d.%m.%Y",
    decimal: ",",
    thousands: "\u00a0"
  }
};
if (typeof Plotly === "undefined") {
  window.PlotlyLocales = window.PlotlyLocales || [];
  window.PlotlyLocales.push(locale);
} else {
  Plotly.register(locale);
}
