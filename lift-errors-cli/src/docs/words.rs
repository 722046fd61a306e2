//! The words of the site around the catalogue's own texts, in the languages of the canonical catalogue.

/// The words in one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    pub(super) errors: &'static str,
    pub(super) search: &'static str,
    pub(super) status: &'static str,
    pub(super) severity: &'static str,
    pub(super) retry: &'static str,
    pub(super) class: &'static str,
    pub(super) tag: &'static str,
    pub(super) all: &'static str,
    pub(super) none: &'static str,
    pub(super) languages: &'static str,
    pub(super) causes: &'static str,
    pub(super) fixes: &'static str,
    pub(super) notes: &'static str,
    pub(super) support: &'static str,
    pub(super) parameters: &'static str,
    pub(super) examples: &'static str,
    pub(super) copy: &'static str,
    pub(super) copied: &'static str,
    pub(super) selected: &'static str,
    pub(super) improve: &'static str,
    pub(super) removed: &'static str,
    pub(super) replaced_by: &'static str,
}

macro_rules! words {
    ($($tag:literal: $($word:literal)+;)+) => {
        const ALL: &[(&str, [&str; 22])] = &[$(($tag, [$($word),+])),+];
    };
}

words! {
    "en": "Errors" "Search" "Status" "Severity" "Retry" "Class" "Tag" "All" "No error matches." "Languages" "Causes" "What you can do" "Good to know" "Support" "Parameters" "Examples" "Copy" "Copied" "Selected: copy it yourself" "Improve this text" "Removed in version" "Replaced by";
    "de": "Fehler" "Suchen" "Status" "Schweregrad" "Wiederholung" "Klasse" "Schlagwort" "Alle" "Kein Fehler passt." "Sprachen" "Ursachen" "Was Sie tun können" "Gut zu wissen" "Support" "Parameter" "Beispiele" "Kopieren" "Kopiert" "Markiert: bitte selbst kopieren" "Diesen Text verbessern" "Entfernt in Version" "Ersetzt durch";
    "es": "Errores" "Buscar" "Estado" "Gravedad" "Reintento" "Clase" "Etiqueta" "Todos" "Ningún error coincide." "Idiomas" "Causas" "Qué puede hacer" "Conviene saber" "Soporte" "Parámetros" "Ejemplos" "Copiar" "Copiado" "Seleccionado: cópielo usted mismo" "Mejorar este texto" "Eliminado en la versión" "Sustituido por";
    "fr": "Erreurs" "Rechercher" "Statut" "Gravité" "Nouvel essai" "Classe" "Étiquette" "Tous" "Aucune erreur ne correspond." "Langues" "Causes" "Ce que vous pouvez faire" "Bon à savoir" "Assistance" "Paramètres" "Exemples" "Copier" "Copié" "Sélectionné : copiez-le vous-même" "Améliorer ce texte" "Supprimé dans la version" "Remplacé par";
    "nl": "Fouten" "Zoeken" "Status" "Ernst" "Opnieuw proberen" "Klasse" "Label" "Alle" "Geen fout gevonden." "Talen" "Oorzaken" "Wat u kunt doen" "Goed om te weten" "Support" "Parameters" "Voorbeelden" "Kopiëren" "Gekopieerd" "Geselecteerd: kopieer het zelf" "Deze tekst verbeteren" "Verwijderd in versie" "Vervangen door";
    "pt": "Erros" "Pesquisar" "Status" "Gravidade" "Nova tentativa" "Classe" "Etiqueta" "Todos" "Nenhum erro corresponde." "Idiomas" "Causas" "O que fazer" "É bom saber" "Suporte" "Parâmetros" "Exemplos" "Copiar" "Copiado" "Selecionado: copie manualmente" "Melhorar este texto" "Removido na versão" "Substituído por";
    "uk": "Помилки" "Пошук" "Статус" "Серйозність" "Повторення" "Клас" "Мітка" "Усі" "Нічого не знайдено." "Мови" "Причини" "Що можна зробити" "Корисно знати" "Підтримка" "Параметри" "Приклади" "Скопіювати" "Скопійовано" "Виділено: скопіюйте самостійно" "Покращити цей текст" "Вилучено у версії" "Замінено на";
    "ar": "الأخطاء" "بحث" "الحالة" "الخطورة" "إعادة المحاولة" "الفئة" "الوسم" "الكل" "لا يوجد خطأ مطابق." "اللغات" "الأسباب" "ما يمكنك فعله" "معلومات مفيدة" "الدعم" "المعاملات" "أمثلة" "نسخ" "تم النسخ" "النص محدد: انسخه بنفسك" "تحسين هذا النص" "أُزيل في الإصدار" "حل محله";
    "zh-Hans": "错误" "搜索" "状态" "严重程度" "重试" "类别" "标签" "全部" "没有匹配的错误。" "语言" "原因" "解决方法" "提示" "技术支持" "参数" "示例" "复制" "已复制" "已选中，请自行复制" "改进此文本" "移除版本" "替代者";
}

/// The words in a language, else in the language that its tag begins with, else in English.
pub(super) fn of(tag: &str) -> Words {
    let language = tag.split('-').next().unwrap_or(tag);
    let exact = ALL.iter().find(|(known, _)| *known == tag);
    let by_language = || ALL.iter().find(|(known, _)| known.split('-').next() == Some(language));
    let [
        errors,
        search,
        status,
        severity,
        retry,
        class,
        tag,
        all,
        none,
        languages,
        causes,
        fixes,
        notes,
        support,
        parameters,
        examples,
        copy,
        copied,
        selected,
        improve,
        removed,
        replaced_by,
    ] = exact.or_else(by_language).or(ALL.first()).map_or([""; 22], |(_, words)| *words);
    Words {
        errors,
        search,
        status,
        severity,
        retry,
        class,
        tag,
        all,
        none,
        languages,
        causes,
        fixes,
        notes,
        support,
        parameters,
        examples,
        copy,
        copied,
        selected,
        improve,
        removed,
        replaced_by,
    }
}
