//! Value classes: frozen, keyword-only, compared, hashed, printed, matched and pickled by their fields.

/// Defines one. Each field has a name, what Python passes, perhaps a default, and what is stored; a value that cannot be
/// stored raises `PlanError` with the name of the list that such values go into.
macro_rules! value_class {
    (
        $(#[$about:meta])*
        $class:ident in $list:literal {
            $($(#[$note:meta])* $field:ident : $passed:ty $(= $default:tt)? => $stored:ty),+ $(,)?
        }
    ) => {
        $(#[$about])*
        #[pyo3::pyclass(frozen, eq, hash, get_all, from_py_object, module = "statefulset")]
        #[derive(Clone, PartialEq, Eq, Hash, Debug)]
        pub(crate) struct $class {
            $($(#[$note])* pub(crate) $field: $stored),+
        }

        #[pyo3::pymethods]
        impl $class {
            #[new]
            #[pyo3(signature = (*, $($field $(= $default)?),+))]
            #[allow(clippy::too_many_arguments, reason = "as many as there are fields")]
            fn new(py: pyo3::Python<'_>, $($field: $passed),+) -> pyo3::PyResult<Self> {
                Ok(Self {
                    $($field: $crate::field::Field::read($field).map_err(|problem: String| {
                        let name = stringify!($field);
                        let message = format!("{}.{name}: {problem}", stringify!($class));
                        $crate::error::plan_error(py, &message, $list, None, name)
                    })?),+
                })
            }

            #[classattr]
            fn __match_args__(py: pyo3::Python<'_>) -> pyo3::PyResult<pyo3::Bound<'_, pyo3::types::PyTuple>> {
                pyo3::types::PyTuple::new(py, [$(stringify!($field)),+])
            }

            fn __repr__(&self, py: pyo3::Python<'_>) -> pyo3::PyResult<String> {
                use pyo3::{IntoPyObjectExt, prelude::*};
                let fields = [$((stringify!($field), self.$field.clone().into_bound_py_any(py)?)),+];
                let shown = fields
                    .iter()
                    .map(|(name, value)| Ok(format!("{name}={}", value.repr()?)))
                    .collect::<pyo3::PyResult<Vec<_>>>()?;
                Ok(format!("{}({})", stringify!($class), shown.join(", ")))
            }

            fn __getnewargs_ex__<'py>(
                &self,
                py: pyo3::Python<'py>,
            ) -> pyo3::PyResult<((), pyo3::Bound<'py, pyo3::types::PyDict>)> {
                use pyo3::{IntoPyObjectExt, prelude::*};
                let fields = pyo3::types::PyDict::new(py);
                $(fields.set_item(stringify!($field), self.$field.clone().into_bound_py_any(py)?)?;)+
                Ok(((), fields))
            }
        }
    };
}
pub(crate) use value_class;
